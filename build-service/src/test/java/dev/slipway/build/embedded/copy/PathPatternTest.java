package dev.slipway.build.embedded.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

    @ParameterizedTest
    @CsvSource({
        "*,a,true",
        "*,a/b,false",
        "*,'',true",
        "a*c,abbc,true",
        "a*c,ab/c,false",
        "*/*,a/b,true",
        "?,a,true",
        "?,/,false",
        "?,ä,true",
        "[abc],b,true",
        "[abc],d,false",
        "[a-c]x,bx,true",
        "[^a-c],b,false",
        "[^a-c],d,true",
        "[^a],/,false",
        "[z-a],b,false",
        "[^z-a],b,true",
        "[\\d],d,true",
        "[\\d],7,false",
        "[\\]],],true",
        "[\\-x],-,true",
        "[a&&b],&,true",
        "[[],[,true",
        "[!a],!,true",
        "a.c,abc,false",
        "a+,a+,true",
        "\\*,*,true",
        "\\*,a,false",
        "\\\\,\\,true",
        "😀?,😀😀,true",
        "[😀-😂],😁,true",
    })
    void matchesAsGoDoes(String pattern, String path, boolean expected) {
        assertThat(PathPattern.parse(pattern).matches(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[a", "[]", "[]a]", "[-a]", "[a-]", "[^]", "[a\\", "[\\]", "a\\"})
    void refusesMalformedPatterns(String pattern) {
        assertThatThrownBy(() -> PathPattern.parse(pattern))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("pattern '%s'", pattern);
    }

    @Test
    void isAPatternByItsWildcardsOnly() {
        assertThat(PathPattern.hasWildcards("a\\*")).isFalse();
        assertThat(PathPattern.hasWildcards("a\\")).isFalse();
        assertThat(PathPattern.hasWildcards("]{}")).isFalse();
        assertThat(PathPattern.hasWildcards("\\**")).isTrue();
        assertThat(PathPattern.hasWildcards("a?")).isTrue();
        assertThat(PathPattern.hasWildcards("[a]")).isTrue();
    }

    @Property
    void matchesEveryPathByItsEscapedSelf(
            @ForAll @Chars({'a', '*', '?', '[', ']', '\\', '-', '/', 'Q', 'E'}) @StringLength(max = 10) String path) {
        String escaped = path.replaceAll("[*?\\[\\\\]", "\\\\$0");

        assertThat(PathPattern.parse(escaped).matches(path)).isTrue();
        assertThat(PathPattern.parse(escaped).matches(path + "x")).isFalse();
    }
}
