package dev.slipway.cli;

import static dev.slipway.cli.gateway.ScriptedGateway.BUILD;
import static dev.slipway.cli.gateway.ScriptedGateway.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.events.EventType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RollbackCommandTest extends ScriptedCommands {
    private static final String ROLLED_BACK = """
            {"index":%s,"targets":[{"reference":"a.test/x:1","state":"PUBLISHED"},
             {"reference":"b.test/x:1","state":"PUBLISHED"}]}""".formatted(INDEX).replace("\n", "");

    @Test
    void asksForThePreviousImageUnlessTold() throws IOException {
        gateway.stream(event("1", EventType.IMAGE_ROLLED_BACK, ROLLED_BACK));

        assertThat(run("rollback", "a.test/x:1")).as(err.toString(UTF_8)).isZero();

        assertThat(gateway.submittedHeaders().getFirst().get("Ce-type"))
                .containsExactly("dev.slipway.rollback.requested.v1");
        assertThat(submitted("to")).isEqualTo("previous");
        assertThat(submitted("reference")).isEqualTo("a.test/x:1");
        assertThat(submitted("requester")).isEqualTo(System.getProperty("user.name"));
        assertThat(out.toString(UTF_8)).contains(DIGEST, "a.test/x:1", "b.test/x:1", BUILD);
    }

    @Test
    void asksForADigest() throws IOException {
        gateway.stream(event("1", EventType.IMAGE_ROLLED_BACK, ROLLED_BACK));

        assertThat(run("rollback", "a.test/x:1", "--to", DIGEST)).isZero();

        assertThat(submitted("to")).isEqualTo(DIGEST);
    }

    @Test
    void saysWhyItWasRefused() {
        gateway.stream(event(
                "1",
                EventType.IMAGE_PUBLISH_FAILED,
                "{\"failures\":[{\"code\":\"NO_EARLIER_IMAGE\",\"message\":\"a.test/x:1 has never named it\"}]}"));

        assertThat(run("rollback", "a.test/x:1", "--to", DIGEST)).isEqualTo(1);

        assertThat(err.toString(UTF_8))
                .contains("rollback " + BUILD, "NO_EARLIER_IMAGE: a.test/x:1 has never named it");
    }

    @Test
    void wantsATagAndADigest() {
        assertThat(run("rollback", "a.test/x@" + DIGEST)).isEqualTo(2);
        assertThat(run("rollback", "a.test/x:1", "--to", "yesterday")).isEqualTo(2);

        assertThat(gateway.submitted()).isEmpty();
    }

    private String submitted(String property) throws IOException {
        return new ObjectMapper()
                .readTree(gateway.submitted().getFirst())
                .path(property)
                .asText();
    }
}
