package dev.slipway.build.dockerfile.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplittingTest {
    private static final Map<String, String> VARIABLES =
            Map.of("hi", "hi", "space", "abc  def", "leading", "  ab c", "trailing", "ab c   ", "empty", "");

    private static List<String> split(String word) {
        return ShellWord.expandAndSplit(word, '\\', name -> Optional.ofNullable(VARIABLES.get(name)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hello                   | hello",
                "hello${none}bye         | hellobye",
                "hello${hi}bye           | hellohibye",
                "hello${space}bye        | helloabc,defbye",
                "hello\"${space}\"bye    | helloabc  defbye",
                "hello \"${space}\"bye   | hello,abc  defbye",
                "hello${leading}def      | hello,ab,cdef",
                "hello\"${leading}\" def | hello  ab c,def",
                "hello\"${leading}\"     | hello  ab c",
                "hello${leading}         | hello,ab,c",
                "hello${trailing}        | helloab,c",
                "hello${trailing}d       | helloab,c,d",
                "hello\"${trailing}\"d   | helloab c   d",
                "~hel\"lo${trailing}\"~  | ~helloab c   ~",
                "~hello\" there  \"~     | ~hello there  ~",
                "hello there             | hello,there",
                "hello\\ there           | hello there",
                "hello\\\" there         | hello\",there",
                "hello\"\\\\there\"      | hello\\there",
                "hello\"\\there\"        | hello\\there",
                "hello'\\\\there'        | hello\\\\there",
                "hello'\\there'          | hello\\there",
                "hello'$there'           | hello$there",
                "80${none:-81 82}/tcp    | 8081,82/tcp",
            })
    void splitsAtBlanksThatAreNotQuoted(String word, String expected) {
        assertThat(split(word)).containsExactly(expected.split(","));
    }

    @Test
    void dropsEmptyWords() {
        assertThat(split("$empty")).isEmpty();
        assertThat(split("'' \"\" a")).containsExactly("a");
    }

    @Test
    void refusesOpenQuotes() {
        assertThatExceptionOfType(ShellSyntaxException.class).isThrownBy(() -> split("hello\" there"));
    }
}
