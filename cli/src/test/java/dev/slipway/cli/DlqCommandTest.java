package dev.slipway.cli;

import static dev.slipway.cli.gateway.ScriptedGateway.BUILD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code slipway dlq}. */
class DlqCommandTest extends ScriptedCommands {
    private static final String LETTER = """
            {"id":"0-17","time":"2026-03-02T09:14:00Z","topic":"slipway.image.assembled","service":"/slipway/push-service",
             "reason":"stage image failed 8 times: \\u001b[31mx","type":"dev.slipway.image.assembled.v1","buildId":"%s",
             "size":3,"replays":[%s]}""";

    @Test
    void listsWhatWasGivenUpAndWhetherItWasSentAgain() {
        gateway.answer(
                "GET /v1/dead-letters",
                200,
                "{\"deadLetters\":[%s,%s]}"
                        .formatted(
                                LETTER.formatted(BUILD, "\"2026-03-02T10:00:00Z\""),
                                LETTER.replace("0-17", "0-3").formatted(BUILD, "")));

        assertThat(run("dlq", "list", "--build", BUILD)).isZero();

        assertThat(out.toString(UTF_8).lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .containsSubsequence(
                                        "0-17", "slipway.image.assembled", BUILD, "2026-03-02T10:00:00Z", "8 times"),
                        line -> assertThat(line).containsSubsequence("0-3", BUILD, " - ", "8 times"));
        assertThat(out.toString(UTF_8)).as("no control characters").doesNotContain("\u001b");
    }

    @Test
    void saysThatThereAreNone() {
        gateway.answer("GET /v1/dead-letters", 200, "{\"deadLetters\":[]}");

        assertThat(run("dlq", "list")).isZero();

        assertThat(out.toString(UTF_8)).isEqualToIgnoringNewLines("no dead letters");
    }

    @Test
    void showsHeadersThenTheValue() {
        gateway.answer("GET /v1/dead-letters/0-17", 200, """
                {"letter":%s,"headers":[{"name":"dead-letter-reason","value":"because"}],
                 "value":"{\\"a\\":1}\\n\\u001b[2J","base64":false,"cut":true}""".formatted(LETTER.formatted(BUILD, "")));

        assertThat(run("dlq", "show", "0-17")).isZero();

        assertThat(out.toString(UTF_8))
                .containsSubsequence("3 bytes", "dead-letter-reason", "because", "{\"a\":1}", "there is more")
                .doesNotContain("\u001b");
    }

    @Test
    void sendsAgain() {
        gateway.answer("POST /v1/dead-letters/0-17/replay", 200, LETTER.formatted(BUILD, "\"2026-03-02T10:00:00Z\""));

        assertThat(run("dlq", "replay", "0-17")).isZero();

        assertThat(out.toString(UTF_8)).contains("0-17", "slipway.image.assembled");
    }

    @Test
    void saysWhyItIsNotSent() {
        gateway.answer(
                "POST /v1/dead-letters/0-17/replay",
                409,
                "{\"errors\":[{\"code\":\"DEAD_LETTER_REPLAYED\",\"message\":\"it was sent again before\"}]}");

        assertThat(run("dlq", "replay", "0-17")).isEqualTo(2);
        assertThat(run("dlq", "replay", "seventeen")).isEqualTo(2);
        assertThat(run("dlq")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("it was sent again before", "'seventeen'", "list, show, replay");
    }
}
