package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code slipway builders}. */
class BuildersTest extends ScriptedCommands {
    private static final String FLEET = """
            {"builders":[
             {"worker":"w-1","pool":"default","state":"ready","labels":{"env":"prod"},"nativePlatforms":["linux/amd64"],
              "emulatedPlatforms":["linux/arm64","linux/s390x"],"drivers":["embedded","buildah"],"slots":4,
              "running":[{"buildId":"0123456789abcdef0123456789abcdef","platform":"linux/amd64","attempt":1},
                         {"buildId":"fedcba9876543210fedcba9876543210","platform":"linux/arm64","attempt":2}]},
             {"worker":"w-2","pool":"gpu","state":"silent","labels":{},"nativePlatforms":["linux/arm64"],
              "emulatedPlatforms":[],"drivers":["embedded"],"slots":1,"running":[]}]}""";

    @Test
    void showsWhatEachCanDoAndDoes() {
        gateway.answer("GET /v1/builders", 200, FLEET);

        assertThat(run("builders")).isZero();

        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "WORKER  POOL     STATE   BUILDS  NATIVE       EMULATED                 DRIVERS           LABELS    NOW",
                        "w-1     default  ready   2 of 4  linux/amd64  linux/arm64,linux/s390x  embedded,buildah  env=prod  01234567 linux/amd64",
                        "                                                                                                   fedcba98 linux/arm64, attempt 2",
                        "w-2     gpu      silent  0 of 1  linux/arm64  -                        embedded          -         -");
    }

    @Test
    void failsWhereNobodyBuilds() {
        gateway.answer("GET /v1/builders", 200, "{\"builders\":[]}");

        assertThat(run("builders")).isEqualTo(3);

        assertThat(out.toString(UTF_8)).contains("No worker has reported of late.");
    }
}
