package dev.slipway.cli;

import static dev.slipway.cli.gateway.ScriptedGateway.BUILD;
import static dev.slipway.cli.gateway.ScriptedGateway.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.EventType;
import org.junit.jupiter.api.Test;

/** What was: of a build, and of a tag. */
class PastCommandsTest extends ScriptedCommands {
    @Test
    void printsEventsAsLinesOrAsJson() {
        gateway.stream(published("1"));
        assertThat(run("events", "--build", BUILD)).isZero();
        assertThat(out.toString(UTF_8)).contains("image.published").doesNotContain("{");

        out.reset();
        gateway.stream(published("1"));
        assertThat(run("events", "--build", BUILD, "--json")).isZero();
        assertThat(out.toString(UTF_8).strip()).startsWith("{").endsWith("}");
    }

    @Test
    void explainsThePullPolicyThatWasDecidedLast() {
        String decided =
                "{\"buildId\":\"b\",\"cluster\":\"%s\",\"digest\":\"sha256:1\",\"reference\":\"%s\",\"policy\":\"%s\","
                        + "\"reason\":\"%s\",\"decidedAt\":\"2026-03-02T12:00:0%dZ\"}";
        gateway.stream(
                event("1", EventType.PULL_POLICY_DECIDED, decided.formatted("eu", "a.test/x:1", "Always", "new", 2)),
                event(
                        "2",
                        EventType.PULL_POLICY_DECIDED,
                        decided.formatted("eu", "a.test/x:1", "IfNotPresent", "old", 1)),
                event("3", EventType.PULL_POLICY_DECIDED, decided.formatted("us", "a.test/x:1", "Always", "us", 3)),
                event("4", EventType.PULL_POLICY_DECIDED, decided.formatted("eu", "a.test/x:10", "Always", "ten", 4)));

        assertThat(run("policy", "explain", "a.test/x:1", "--cluster", "eu")).isZero();

        assertThat(out.toString(UTF_8).lines().skip(1))
                .satisfiesExactly(
                        first -> assertThat(first).contains("2026-03-02T12:00:02Z", "Always", "new"),
                        second -> assertThat(second).contains("IfNotPresent", "old"));
    }

    @Test
    void saysWhereNoPullPolicyWasDecided() {
        gateway.stream(published("1"));

        assertThat(run("policy", "explain", "a.test/x:1", "--cluster", "eu")).isEqualTo(2);
        assertThat(run("policy", "explain", "a.test/x:1")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("nothing was decided for a.test/x:1 on eu");
    }

    @Test
    void showsWhatATagHasNamed() {
        String target =
                "{\"buildId\":\"%s\",\"requester\":\"%s\",\"targets\":[{\"reference\":\"%s\",\"state\":\"%s\"%s}]}";
        gateway.stream(
                event(
                        "1",
                        EventType.IMAGE_PUBLISHED,
                        target.formatted("b1", "ann", "a.test/x:1", "PUBLISHED", ",\"digest\":\"sha256:1\"")),
                event("2", EventType.IMAGE_PUBLISHED, target.formatted("b2", "bob", "a.test/other:1", "PUBLISHED", "")),
                event("3", EventType.IMAGE_PUBLISH_FAILED, target.formatted("b3", "cy", "a.test/x:1", "UNDONE", "")),
                event(
                        "4",
                        EventType.IMAGE_ROLLED_BACK,
                        target.formatted("b4", "dee", "a.test/x:1", "PUBLISHED", ",\"previousDigest\":\"sha256:1\"")));

        assertThat(run("history", "a.test/x:1")).isZero();

        assertThat(out.toString(UTF_8).lines().skip(1))
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).containsSubsequence("published", "PUBLISHED", "sha256:1", "b1", "ann"),
                        line -> assertThat(line).containsSubsequence("failed", "UNDONE", "-", "b3", "cy"),
                        line -> assertThat(line).containsSubsequence("rolled back", "sha256:1", "b4", "dee"));
    }

    @Test
    void saysThatATagHasNoHistory() {
        gateway.stream(published("1"));

        assertThat(run("history", "a.test/x:1")).isEqualTo(2);
        assertThat(run("history", "a.test/X:1")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("nothing was ever published as a.test/x:1");
    }
}
