package dev.slipway.build.embedded.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    @Test
    void keepsThePlaceOfAVariableThatChanges() {
        Environment environment = new Environment(List.of("A=1", "B=2")).with(Map.of("A", "3"));

        assertThat(environment.entries()).containsExactly("A=3", "B=2");
    }

    @Test
    void changesNothingInPlace() {
        Environment before = new Environment(List.of("A=1"));

        Environment after = before.with(Map.of("B", "2"));

        assertThat(before.entries()).containsExactly("A=1");
        assertThat(after.entries()).containsExactly("A=1", "B=2");
    }

    @Test
    void splitsAtTheFirstEqualsSign() {
        assertThat(new Environment(List.of("OPTS=-Da=b", "EMPTY=", "NONE")).values())
                .containsExactly(Map.entry("OPTS", "-Da=b"), Map.entry("EMPTY", ""), Map.entry("NONE", ""));
    }

    @Test
    void addsAPathWhereThereIsNone() {
        assertThat(new Environment(List.of("A=1")).withPath().entries())
                .containsExactly("A=1", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        assertThat(new Environment(List.of("PATH=/bin")).withPath().entries()).containsExactly("PATH=/bin");
    }
}
