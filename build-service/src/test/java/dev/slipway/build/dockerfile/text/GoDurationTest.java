package dev.slipway.build.dockerfile.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "+0, PT0S",
        "0s, PT0S",
        "30s, PT30S",
        "+5s, PT5S",
        "1m30s, PT1M30S",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "2h45m30.25s, PT2H45M30.25S",
        "100ms, PT0.1S",
        "3us, PT0.000003S",
        "3µs, PT0.000003S",
        "3μs, PT0.000003S",
        "7ns, PT0.000000007S",
        "1.9ns, PT0.000000001S",
        "9223372036854775807ns, PT2562047H47M16.854775807S",
    })
    void readsGosDurations(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "30",
                "s",
                ".s",
                "1 s",
                "1s ",
                "-1s",
                "1d",
                "1S",
                "1s2",
                "x1s",
                "1..5s",
                "9223372036854775808ns",
                "9999999h"
            })
    void knowsNothingElse(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }
}
