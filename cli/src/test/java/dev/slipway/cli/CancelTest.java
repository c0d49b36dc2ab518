package dev.slipway.cli;

import static dev.slipway.cli.gateway.ScriptedGateway.BUILD;
import static dev.slipway.cli.gateway.ScriptedGateway.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.events.EventType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code slipway cancel}: what is asked for, and what becomes of the answers. */
class CancelTest extends ScriptedCommands {
    private static final String TRACE = "c".repeat(32);

    @Test
    void asksForTheEndInTheTraceOfTheBuildAndWaitsForIt() throws IOException {
        gateway.answer("GET /v1/builds/" + BUILD, 200, view("building", false));
        gateway.stream(event("1", EventType.BUILD_PLANNED, "{}"));
        gateway.stream(event("2", EventType.BUILD_CANCELLED, "{\"reason\":\"wrong branch (max)\"}"));

        assertThat(run("cancel", BUILD, "--reason", "wrong branch")).isZero();

        assertThat(new ObjectMapper().readTree(gateway.submitted().getFirst()))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"buildId\":\"%s\",\"reason\":\"wrong branch\",\"requester\":\"%s\"}"
                                .formatted(BUILD, System.getProperty("user.name"))));
        assertThat(gateway.submittedHeaders().getFirst().get("Ce-type"))
                .containsExactly("dev.slipway.build.cancel-requested.v1");
        assertThat(gateway.submittedHeaders().getFirst().get("Ce-traceparent"))
                .singleElement()
                .asString()
                .startsWith("00-" + TRACE);
        assertThat(out.toString(UTF_8)).contains(BUILD, "wrong branch (max)");
    }

    @Test
    void saysThatItCameTooLate() {
        gateway.answer("GET /v1/builds/" + BUILD, 200, view("assembling", false));
        gateway.stream(published("1"));

        assertThat(run("cancel", BUILD)).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("too late", "image.published");
    }

    @Test
    void asksForNothingWhereTheBuildHasEndedOrIsUnknown() {
        gateway.answer("GET /v1/builds/" + BUILD, 200, view("published", true));
        assertThat(run("cancel", BUILD)).isEqualTo(2);
        assertThat(run("cancel", "f".repeat(32))).isEqualTo(2);

        assertThat(gateway.submitted()).isEmpty();
        assertThat(err.toString(UTF_8)).contains("it had ended: published", "404");
    }

    private static String view(String stage, boolean ended) {
        return "{\"buildId\":\"%s\",\"stage\":\"%s\",\"ended\":%s,\"traceId\":\"%s\"}"
                .formatted(BUILD, stage, ended, TRACE);
    }
}
