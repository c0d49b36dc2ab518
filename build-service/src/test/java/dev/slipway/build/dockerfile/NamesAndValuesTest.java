package dev.slipway.build.dockerfile;

import static dev.slipway.build.dockerfile.Parsed.error;
import static dev.slipway.build.dockerfile.Parsed.instruction;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ARG}, {@code ENV} and {@code LABEL}. */
class NamesAndValuesTest {

    /** {@code name=value}, with quotes off and {@code $x} as {@code [x]}. */
    private static List<String> pairs(String... lines) {
        var all = lines[0].startsWith("ENV")
                ? instruction(Instruction.Env.class, lines).pairs()
                : instruction(Instruction.Label.class, lines).pairs();
        return all.stream()
                .map(pair -> expanded(pair.name()) + "=" + expanded(pair.value()))
                .toList();
    }

    private static String expanded(Word word) {
        return word.expand(name -> Optional.of("[" + name + "]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "name value                | name=value",
                "name    value             | name=value",
                "name value  of   many     | name=value  of   many",
                "name value=more           | name=value=more",
                "name 1 other=2            | name=1 other=2",
                "name \"quoted value\"     | name=quoted value",
                "name a\\ b\\\"            | name=a b\"",
                "name $x/${y}              | name=[x]/[y]",
                "$x value                  | [x]=value",
                "maintainer Me <me@a.org>  | maintainer=Me <me@a.org>",
            })
    void readsTheOldForm(String arguments, String expected) {
        assertThat(pairs("ENV " + arguments)).containsExactly(expected);
        assertThat(pairs("LABEL " + arguments)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a=b                           | a=b",
                "a=                            | a=",
                "a=\"\" b=''                   | a=;b=",
                "a=b=c                         | a=b=c",
                "a=1 b=2\tc=3                  | a=1;b=2;c=3",
                "a=\"value value1\"            | a=value value1",
                "a=value\\ value2 b=x\\ y      | a=value value2;b=x y",
                "a=\"value'quote space'value2\" | a=value'quote space'value2",
                "a='value\"double quote\"v2'   | a=value\"double quote\"v2",
                "a=\"a\\\"b\"                  | a=a\"b",
                "a=\"a\\'b\"                   | a=a\\'b",
                "a='a\\'b''                    | a=a\\b",
                "a='a\\\"b'                    | a=a\\\"b",
                "a=\"''\"                      | a=''",
                "a=\"x\\n\\\"y\\\"\"           | a=x\\n\"y\"",
                "a=$x b=\"$y z\" c='$z'        | a=[x];b=[y] z;c=$z",
                "a=\\$x                        | a=$x",
                "$x=y                          | [x]=y",
                "\"a b\"=c                     | a b=c",
                "com.example.key=v             | com.example.key=v",
                "a=b\\ \t                      | a=b",
            })
    void readsSeveralNamesWithValues(String arguments, String expected) {
        assertThat(pairs("ENV " + arguments)).containsExactly(expected.split(";"));
        assertThat(pairs("LABEL " + arguments)).containsExactly(expected.split(";"));
    }

    @Test
    void readsValuesOverSeveralLines() {
        assertThat(pairs("ENV a=1 \\", "    b=\"x \\", "       y\" \\", "\tc=2 \\"))
                .containsExactly("a=1", "b=x        y", "c=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "          | :4: ENV has no argument; expected name=value",
                "name      | :9: expected a value, as in name=value",
                "a=b c     | :9: expected name=value, found 'c'",
                "a=b =c    | :9: expected name=value, found '=c'",
                "=c        | :5: expected name=value, found '=c'",
                "a='b      | :7: expected a closing single quote, in ''b'",
                "a=b c=${  | :11: expected a name after '${', in '${'",
                "a b\"c    | :8: expected a closing double quote, in 'b\"c'",
                "\"a=b\"   | :5: expected a closing double quote, in '\"a'",
                "--x a=b   | :5: ENV has no flag '--x'; expected none",
            })
    void saysWhereNamesAndValuesAreWrong(String arguments, String message) {
        String env = "ENV " + (arguments == null ? "" : arguments);

        assertThat(error("FROM scratch", env)).isEqualTo("Dockerfile:2" + message);
    }

    @Test
    void findsErrorsInContinuedLines() {
        assertThat(error("FROM scratch", "LABEL a=1 \\", "  b=2 \\", "  c=${d+e"))
                .isEqualTo("Dockerfile:4:9: expected '}' before the end of the word, in '${d+e'");
    }

    @Test
    void readsArguments() {
        var arg = instruction(Instruction.Arg.class, "ARG a b=1 c= d=\"x $y\" e='=' f=$a");

        assertThat(arg.declarations())
                .extracting(Instruction.Declaration::name)
                .containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(arg.declarations())
                .extracting(declaration -> declaration.value() == null ? null : expanded(declaration.value()))
                .containsExactly(null, "1", "", "x [y]", "=", "[a]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ARG        | :4: ARG has no argument; expected a name",
                "ARG a =b   | :7: expected a name before '='",
                "ARG a=\"b  | :7: expected a closing double quote, in '\"b'",
                "ARG --x a  | :5: ARG has no flag '--x'; expected none",
            })
    void saysWhereArgumentsAreWrong(String line, String message) {
        assertThat(error("FROM scratch", line)).isEqualTo("Dockerfile:2" + message);
    }
}
