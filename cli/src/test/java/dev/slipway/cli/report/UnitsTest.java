package dev.slipway.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "90s, PT1M30S",
        "1h30m, PT1H30M",
        "500ms, PT0.5S",
        "1.5h, PT1H30M",
        "10m, PT10M",
        "PT2H, PT2H",
        " 5M , PT5M"
    })
    void readsDurations(String text, Duration expected) {
        assertThat(Units.duration(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "s", "1h30", "1d", "-5s", "0s", "PT", "ten minutes", "1h 30m"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Units.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"PT0.012S, 12 ms", "PT1.239S, 1.24 s", "PT3M7S, 3 m 07 s", "PT0S, 0 ms"})
    void writesDurations(Duration duration, String expected) {
        assertThat(Units.text(duration)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "20973568, 21.0 MB", "3200000000, 3.2 GB"})
    void writesBytes(long count, String expected) {
        assertThat(Units.bytes(count)).isEqualTo(expected);
    }

    @Test
    void alignsColumns() {
        assertThat(new Columns().row("a", "b", "c").row("long", "", "d").lines())
                .containsExactly("a     b  c", "long     d");
    }
}
