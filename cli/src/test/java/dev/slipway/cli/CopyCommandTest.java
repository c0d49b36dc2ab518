package dev.slipway.cli;

import static dev.slipway.cli.gateway.ScriptedGateway.BUILD;
import static dev.slipway.cli.gateway.ScriptedGateway.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.events.EventType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CopyCommandTest extends ScriptedCommands {
    @Test
    void asksForExactlyWhatIsSaid() throws IOException {
        gateway.stream(published("1"));

        int code = run("copy", "a.test/x:1", "b.test/x:1", "c.test/y:2", "--platform", "linux/arm64/v8,linux/amd64");

        assertThat(code).as(err.toString(UTF_8)).isZero();
        assertThat(gateway.submittedHeaders().getFirst().get("Ce-type"))
                .containsExactly("dev.slipway.copy.requested.v1");
        assertThat(new ObjectMapper().readTree(gateway.submitted().getFirst()))
                .isEqualTo(new ObjectMapper().readTree("""
                                {"source":"a.test/x:1","targets":["b.test/x:1","c.test/y:2"],
                                 "platforms":["linux/arm64","linux/amd64"],"requester":"%s"}""".formatted(System.getProperty("user.name"))));
        assertThat(out.toString(UTF_8)).contains(DIGEST, BUILD);
    }

    @Test
    void saysWhyItFailed() {
        gateway.stream(event(
                "1",
                EventType.IMAGE_PUBLISH_FAILED,
                "{\"failures\":[{\"code\":\"IMAGE_NOT_FOUND\",\"message\":\"a.test/x:1 is not there\"}]}"));

        assertThat(run("copy", "a.test/x:1", "b.test/x:1")).isEqualTo(1);

        assertThat(err.toString(UTF_8)).contains("copy " + BUILD, "IMAGE_NOT_FOUND: a.test/x:1 is not there");
    }

    @Test
    void wantsAtLeastOneTagToGoTo() {
        assertThat(run("copy", "a.test/x:1")).isEqualTo(2);
        assertThat(run("copy", "a.test/x:1", "b.test/x@" + DIGEST)).isEqualTo(2);

        assertThat(gateway.submitted()).isEmpty();
    }
}
