package dev.slipway.build.dockerfile.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
    private static final Map<String, String> VARIABLES =
            Map.of("PWD", "/home", "SHELL", "bash", "KOREAN", "한국어", "NULL", "");

    private static String expand(String word) {
        return ShellWord.expand(word, '\\', name -> Optional.ofNullable(VARIABLES.get(name)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hello             | hello",
                "he'll'o           | hello",
                "he\\'llo          | he'llo",
                "abc\\tdef         | abctdef",
                "\"abc\\tdef\"     | abc\\tdef",
                "\"abc\\\\tdef\"   | abc\\tdef",
                "'abc\\tdef'       | abc\\tdef",
                "hello\\           | hello",
                "hello\\\\         | hello\\",
                "\"hel'lo\"        | hel'lo",
                "'hello\\'         | hello\\",
                "'hello\\there'    | hello\\there",
                "'hello\\\\there'  | hello\\\\there",
                "\"''\"            | ''",
                "'\"hello\"'       | \"hello\"",
                "안'녕'하세요       | 안녕하세요",
                "안녕\\'하세요      | 안녕'하세요",
                "\"안녕\\t하세요\"  | 안녕\\t하세요",
                "'안녕하세요\\'     | 안녕하세요\\",
            })
    void takesQuotesAndEscapesOff(String word, String expected) {
        assertThat(expand(word)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$.              | $.",
                "he$.x           | he$.x",
                "$               | $",
                "he$1x           | hex",
                "he$pwd.         | he.",
                "he$PWD          | he/home",
                "he\\$PWD        | he$PWD",
                "he\\\\$PWD      | he\\/home",
                "\"he\\$PWD\"    | he$PWD",
                "\"he\\\\$PWD\"  | he\\/home",
                "'he\\$PWD'      | he\\$PWD",
                "\"$PWD\"        | /home",
                "'$PWD'          | $PWD",
                "\"he'$PWD'\"    | he'/home'",
                "\\${}           | ${}",
                "\\${}aaa        | ${}aaa",
                "he\\${}xx       | he${}xx",
                "he${hi}xx       | hexx",
                "he${PWD}        | he/home",
                "'he${XX}'       | he${XX}",
                "${aaa}}         | }",
                "안녕$KOREAN      | 안녕한국어",
                "안녕${PWD}       | 안녕/home",
                "안녕$1x          | 안녕x",
                "$999aaa         | aaa",
                "${999}aaa       | aaa",
                "$001aaa         | aaa",
                "$@@@            | @@",
                "$@aaa           | aaa",
                "${@}aaa         | aaa",
            })
    void putsValuesInThePlaceOfVariables(String word, String expected) {
        assertThat(expand(word)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "999", "001", "0", "@", "*", "#", "?", "-", "$", "!"})
    void knowsNoPositionalAndSpecialParameters(String name) {
        assertThat(expand("$" + name)).isEmpty();
        assertThat(expand("${" + name + "}")).isEmpty();
        assertThat(expand("${" + name + ":+bbb}")).isEmpty();
        assertThat(expand("${" + name + ":-bbb}")).isEqualTo("bbb");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "he${XXX:-000}xx          | he000xx",
                "he${PWD:-000}xx          | he/homexx",
                "he${XXX:-$PWD}xx         | he/homexx",
                "he${XXX:-${PWD:-yyy}}xx  | he/homexx",
                "he${XXX:-${YYY:-yyy}}xx  | heyyyxx",
                "he${XXX:-\\$PWD:}xx      | he$PWD:xx",
                "he${XXX:-\\${PWD}z}xx    | he${PWDz}xx",
                "${aaa:-bbb}}             | bbb}",
                "${aaa:-${bbb:-ccc}}      | ccc",
                "${aaa:-bbb {foo}         | bbb {foo",
                "${aaa:-\"a } b\"}        | a } b",
                "${aaa:-'a } b'}          | a } b",
                "${NULL:-aaa}             | aaa",
                "${NULL-aaa}x             | x",
                "${XXX-aaa}               | aaa",
                "${PWD-aaa}               | /home",
                "he${XXX:+${PWD}}xx       | hexx",
                "he${PWD:+${XXX}}xx       | hexx",
                "he${PWD:+${SHELL}}xx     | hebashxx",
                "he${XXX:+000}xx          | hexx",
                "he${PWD:+000}xx          | he000xx",
                "he${PWD:+${PWD}:}xx      | he/home:xx",
                "x${NULL:+aaa}            | x",
                "x${NULL+aaa}             | xaaa",
                "x${XXX+aaa}              | x",
                "he${PWD?}                | he/home",
                "he${PWD:?}               | he/home",
                "he${NULL?}               | he",
            })
    void takesAnotherWordByWhatIsSet(String word, String expected) {
        assertThat(expand(word)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "he'llo",
                "he\\\\'llo",
                "\"hello",
                "\"hello\\\"",
                "'hello",
                "안'녕하세요",
                "\"",
                "'",
                "${}",
                "he${}xx",
                "he${.}",
                "${",
                "he${PWD",
                "${{aaa}",
                "${{aaa:-bbb}",
                "${aaa:-bbb",
                "${aaa:-bbb ${foo}",
                "he${XXX:YYY}",
                "he${PWD:=000}xx",
                "${PWD=aaa}",
                "${PWD=}",
                "${PWD=:aaa}",
                "${:}",
                "${:-bbb}",
                "${:+bbb}",
                "${PWD:",
                "${PWD:#}",
                "${PWD:##}",
                "${PWD:%}",
                "${PWD:%%}",
                "${PWD:/a/b}",
                "${PWD//ww}",
                "${PWD//}",
                "${PWD#\\x}",
                "${PWD%\\x}",
                "${PWD/\\x/}",
                "${PWD#\\$}",
                "${PWD#\"\\\"\"}",
                "${PWD#x",
                "${PWD/x/",
                "${PWD!}",
                "${PWD@}",
                "${PWD^}",
                "${PWD }",
                "${ PWD}",
                "${PWD[0]}",
                "${#PWD}",
                "${!PWD}",
            })
    void refusesWhatHasNoMeaning(String word) {
        assertThatExceptionOfType(ShellSyntaxException.class).isThrownBy(() -> expand(word));
        assertThatExceptionOfType(ShellSyntaxException.class).isThrownBy(() -> ShellWord.check(word, '\\'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "he'llo         | 2 | expected a closing single quote",
                "a \"b          | 2 | expected a closing double quote",
                "ab${}          | 2 | expected a name after '${'",
                "ab${PWD        | 2 | expected '}' to close '${PWD'",
                "ab${PWD:=c}    | 8 | expected one of '}', '-', '+', '?', ':-', ':+', ':?', '#', '%', '/' after '${PWD'",
                "ab${PWD:-c     | 9 | expected '}' before the end of the word",
                "ab${PWD/c}     | 8 | expected '/' before the end of the word",
                "a${XXX?}       | 7 | XXX: it must be set, and is not",
                "a${NULL:?}     | 9 | NULL: it must be set and not empty",
                "a${XXX:?see $PWD} | 8 | XXX: see /home",
            })
    void saysWhatWasExpectedAndWhere(String word, int offset, String message) {
        ShellSyntaxException e = catchThrowableOfType(ShellSyntaxException.class, () -> expand(word));

        assertThat(e).hasMessage(message);
        assertThat(e.offset()).isEqualTo(offset);
    }

    @Test
    void refusesAnUnsetVariableOnlyWhenItIsExpanded() {
        ShellWord.check("${XXX:?see}", '\\');

        assertThatExceptionOfType(ShellSyntaxException.class).isThrownBy(() -> expand("${XXX:?see}"));
    }

    @Test
    void refusesVariablesNestedWithoutEnd() {
        String word = "${a:-".repeat(100_000) + "}".repeat(100_000);

        assertThatExceptionOfType(ShellSyntaxException.class)
                .isThrownBy(() -> expand(word))
                .withMessageContaining("100");
    }

    @Test
    void takesManyVariablesBesideOneAnother() {
        assertThat(expand("${a:-b}".repeat(1000))).isEqualTo("b".repeat(1000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "`$PWD         | $PWD",
                "a`'b          | a'b",
                "a\\b          | a\\b",
                "C:\\\\x\\$PWD | C:\\\\x\\/home",
                "\"a`\"b\"     | a\"b",
                "\"a\\\"       | a\\",
                "\"a`b``c\"    | a`b`c",
                "a`            | a",
                "${XXX:-`}}    | }",
            })
    void takesTheBacktickForTheEscape(String word, String expected) {
        assertThat(ShellWord.expand(word, '`', name -> Optional.ofNullable(VARIABLES.get(name))))
                .isEqualTo(expected);
    }
}
