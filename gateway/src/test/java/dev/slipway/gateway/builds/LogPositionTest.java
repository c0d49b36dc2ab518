package dev.slipway.gateway.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.gateway.builds.LogPosition.Partition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPositionTest {

    private static final Partition PROGRESS = new Partition("slipway.build.progress", 3);
    private static final Partition PUBLISHED = new Partition("slipway.image.published", 3);

    @Test
    void coversWhatLiesBeforeIt() {
        LogPosition position = LogPosition.START.after(PROGRESS, 41);

        assertThat(position.covers(PROGRESS, 41)).isTrue();
        assertThat(position.covers(PROGRESS, 42)).isFalse();
        assertThat(position.covers(PUBLISHED, 0)).isFalse();
        assertThat(position.covers(new Partition(PROGRESS.topic(), 2), 0)).isFalse();
    }

    @Test
    void neverGoesBack() {
        LogPosition position = LogPosition.START.after(PROGRESS, 41).after(PROGRESS, 7);

        assertThat(position.next(PROGRESS)).isEqualTo(42);
    }

    @Test
    void textMeansTheSamePosition() {
        LogPosition position = LogPosition.START.after(PROGRESS, 41).after(PUBLISHED, 0);

        assertThat(LogPosition.parse(position.text())).isEqualTo(position);
        assertThat(position.text()).matches("[A-Za-z0-9._~-]+");
        assertThat(LogPosition.parse("")).isEqualTo(LogPosition.START);
    }

    /** Clients keep positions while the gateway is updated. */
    @Test
    void textNeverChanges() {
        assertThat(LogPosition.START.after(PROGRESS, 41).after(PUBLISHED, 0).text())
                .isEqualTo("HRWVQ6.3.42~xMxmae.3.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "abcdef.1", "abcdef.1.x", "abcdef.1.2 ", "abcdef.1.-2", "abcdef.1.2~~abcdeg.1.2"})
    void refusesWhatIsNoPosition(String text) {
        assertThatThrownBy(() -> LogPosition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
