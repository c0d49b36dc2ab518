package dev.slipway.push.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagPatternTest {

    @ParameterizedTest
    @CsvSource({
        "r.test/team/**, r.test/team/a/b:1, true",
        "r.test/team/**, r.test/team:1, false",
        "r.test/team/*, r.test/team/a:1, true",
        "r.test/team/*, r.test/team/a/b:1, false",
        "r.test/team/*, r.test/teamster/a:1, false",
        "r.test/team/a, r.test/team/a:anything, true",
        "r.test/team/a:v*, r.test/team/a:v1.2, true",
        "r.test/team/a:v*, r.test/team/a:latest, false",
        "localhost:5000/**, localhost:5000/a/b:1, true",
        "localhost:5000/**:1, localhost:5000/a/b:2, false",
        "r.test/a.b, r.test/axb:1, false",
        "*.test/app, r.test/app:1, true",
        "**, r.test/a/b:1, true",
    })
    void matches(String pattern, String reference, boolean expected) {
        assertThat(new TagPattern(pattern).matches(Reference.parseTagged(reference)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "r.test/a b", "r.test/a@sha256", "r.test/(a|b)", "r.test/a\nb"})
    void refusesWhatIsNoPattern(String text) {
        assertThatThrownBy(() -> new TagPattern(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void isItsText() {
        assertThat(new TagPattern("r.test/**:v*")).hasToString("r.test/**:v*");
    }
}
