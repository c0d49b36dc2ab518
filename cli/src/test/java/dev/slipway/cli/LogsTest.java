package dev.slipway.cli;

import static dev.slipway.cli.gateway.ScriptedGateway.BUILD;
import static dev.slipway.cli.gateway.ScriptedGateway.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.EventType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code slipway logs}: lines as they come, and what did not come from where it was kept. */
class LogsTest extends ScriptedCommands {
    private static final String LOG = "sha256:" + "b".repeat(64);
    private static final String END = event("9", EventType.IMAGE_ASSEMBLY_READY, "{}");

    @BeforeEach
    void knowTheBuild() {
        gateway.answer("GET /v1/builds/" + BUILD, 200, "{\"buildId\":\"%s\"}".formatted(BUILD));
    }

    @Test
    void printsLinesOfAllPlatformsAsTheyCome() {
        gateway.stream(
                logged("1", "linux/amd64", 1, "one", "two"),
                logged("2", "linux/arm64", 2, "eins"),
                built("3", "linux/amd64", 2),
                END);

        assertThat(run("logs", BUILD)).isZero();

        assertThat(out.toString(UTF_8).lines())
                .containsExactly("[linux/amd64] one", "[linux/amd64] two", "[linux/arm64, attempt 2] eins");
        assertThat(gateway.requests()).doesNotContain("GET /v1/logs/" + LOG);
    }

    @Test
    void readsWhatKafkaHasNoMoreFromWhereItWasKept() {
        gateway.stream(built("3", "linux/amd64", 2), END);
        gateway.answer("GET /v1/logs/" + LOG, 200, "one\ntwo\n");

        assertThat(run("logs", BUILD)).isZero();

        assertThat(out.toString(UTF_8).lines()).containsExactly("[linux/amd64] one", "[linux/amd64] two");
    }

    @Test
    void printsTheKeptLogWhereLinesAreMissing() {
        gateway.stream(logged("1", "linux/amd64", 1, "two"), built("3", "linux/amd64", 2), END);
        gateway.answer("GET /v1/logs/" + LOG, 200, "one\ntwo\n");

        assertThat(run("logs", BUILD)).isZero();

        assertThat(out.toString(UTF_8).lines())
                .containsExactly("[linux/amd64] two", "[linux/amd64] one", "[linux/amd64] two");
        assertThat(err.toString(UTF_8)).contains("[linux/amd64] that was not all");
    }

    @Test
    void printsTheLogOfAFailedBuildOfOnePlatform() {
        gateway.stream(
                logged("1", "linux/arm64", 1, "not wanted"),
                event(
                        "2",
                        EventType.PLATFORM_BUILD_FAILED,
                        "{\"platform\":\"linux/amd64\",\"attempt\":1,%s}".formatted(link(1))),
                event("3", EventType.IMAGE_ASSEMBLY_FAILED, "{}"));
        gateway.answer("GET /v1/logs/" + LOG, 200, "it broke\n");

        assertThat(run("logs", BUILD, "--platform", "linux/x86_64")).isZero();

        assertThat(out.toString(UTF_8).lines()).containsExactly("[linux/amd64] it broke");
    }

    @Test
    void saysWhereNothingWasPrinted() {
        gateway.stream(END);

        assertThat(run("logs", BUILD)).isZero();

        assertThat(err.toString(UTF_8)).contains("has printed nothing");
    }

    private static String logged(String id, String platform, int attempt, String... lines) {
        return event(
                id,
                EventType.BUILD_LOGGED,
                "{\"platform\":\"%s\",\"attempt\":%d,\"sequence\":0,\"lines\":[\"%s\"]}"
                        .formatted(platform, attempt, String.join("\",\"", lines)));
    }

    private static String built(String id, String platform, int lines) {
        return event(
                id,
                EventType.PLATFORM_BUILT,
                "{\"attempt\":1,\"image\":{\"platform\":\"%s\"},%s}".formatted(platform, link(lines)));
    }

    private static String link(int lines) {
        return "\"log\":{\"digest\":\"%s\",\"annotations\":{\"dev.slipway.log.lines\":\"%d\"}}".formatted(LOG, lines);
    }
}
