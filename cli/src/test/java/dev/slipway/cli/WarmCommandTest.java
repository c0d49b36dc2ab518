package dev.slipway.cli;

import static dev.slipway.cli.gateway.ScriptedGateway.BUILD;
import static dev.slipway.cli.gateway.ScriptedGateway.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.events.EventType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WarmCommandTest extends ScriptedCommands {
    private static String warmed(String id, String cluster) {
        return event(
                id,
                EventType.IMAGE_WARMED,
                "{\"cluster\":\"%s\",\"outcome\":\"WARMED\",\"nodes\":7,\"digest\":\"%s\"}".formatted(cluster, DIGEST));
    }

    @Test
    void asksForExactlyWhatIsSaidAndWaitsForEveryCluster() throws IOException {
        gateway.stream(warmed("1", "eu"), warmed("2", "us"));

        int code = run(
                "warm", "a.test/x:1", "--cluster", "eu", "--cluster", "us", "--selector", "pool=web", "--keep", "24h");

        assertThat(code).as(err.toString(UTF_8)).isZero();
        assertThat(gateway.submittedHeaders().getFirst().get("Ce-type"))
                .containsExactly("dev.slipway.warmup.requested.v1");
        assertThat(new ObjectMapper().readTree(gateway.submitted().getFirst()))
                .isEqualTo(new ObjectMapper().readTree("""
                                {"reference":"a.test/x:1","warmup":{"clusters":["eu","us"],
                                 "nodeSelector":{"pool":"web"},"keep":"PT24H"},"requester":"%s"}""".formatted(System.getProperty("user.name"))));
        assertThat(out.toString(UTF_8)).contains("eu", "us", "7 nodes", DIGEST, BUILD);
    }

    @Test
    void saysWhichClusterFailedAndWhy() {
        gateway.stream(
                warmed("1", "eu"),
                event(
                        "2",
                        EventType.WARMUP_FAILED,
                        "{\"cluster\":\"us\",\"failures\":[{\"code\":\"CLUSTER_UNAVAILABLE\",\"message\":\"us is down\"}]}"));

        assertThat(run("warm", "a.test/x:1", "--cluster", "eu", "--cluster", "us"))
                .isEqualTo(1);

        assertThat(err.toString(UTF_8)).contains("eu", "WARMED", "CLUSTER_UNAVAILABLE: us is down");
    }

    @Test
    void endsAtOnceWhereNothingCouldBeTried() {
        gateway.stream(
                event(
                        "1",
                        EventType.WARMUP_FAILED,
                        "{\"cluster\":\"\",\"failures\":[{\"code\":\"IMAGE_NOT_FOUND\",\"message\":\"a.test/x:1 is not there\"}]}"));

        assertThat(run("warm", "a.test/x:1", "--cluster", "eu")).isEqualTo(1);

        assertThat(err.toString(UTF_8)).contains("IMAGE_NOT_FOUND: a.test/x:1 is not there");
    }

    @Test
    void wantsAClusterAndAReference() {
        assertThat(run("warm", "a.test/x:1")).isEqualTo(2);
        assertThat(run("warm", "a.test/X:1:2", "--cluster", "eu")).isEqualTo(2);
        assertThat(run("warm", "a.test/x:1", "--cluster", "eu", "--selector", "web"))
                .isEqualTo(2);

        assertThat(gateway.submitted()).isEmpty();
    }
}
