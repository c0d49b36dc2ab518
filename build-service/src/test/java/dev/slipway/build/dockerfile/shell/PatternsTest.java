package dev.slipway.build.dockerfile.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {

    private static String expand(String word, Map<String, String> variables) {
        return ShellWord.expand(word, '\\', name -> Optional.ofNullable(variables.get(name)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "${v#()[]{\\}^$.\\*\\?|\\\\} ; ()[]{}^$.*?|\\x ; x",
                "${v#*x*y}    ; xxyy    ; y",
                "${v#*}       ; xxyy    ; xxyy",
                "${v#}        ; xxyy    ; xxyy",
                "${v##}       ; xxyy    ; xxyy",
                "${v##*x}     ; xxyy    ; yy",
                "${v##*}x     ; xxyy    ; x",
                "${v#?\\?}    ; ???y    ; ?y",
                "${v#y}       ; xxyy    ; xxyy",
                "${v#x}       ; xxyy    ; xyy",
                "${v#'x'}     ; xxyy    ; xyy",
                "${v#\"x?\"}  ; xxyy    ; yy",
                "${v#\"\\a\"} ; \\abc   ; bc",
                "${v%}        ; xxyy    ; xxyy",
                "${v%x}       ; xxyy    ; xxyy",
                "${v%y}       ; xxyy    ; xxy",
                "${v%y*}      ; xxyy    ; xxy",
                "${v%%y*}     ; xxyy    ; xx",
                "${v%%\\**}   ; xx**    ; xx",
                "${v%%\\**\\*} ; a***yy* ; a",
                "${v%.*}      ; a.tar.gz ; a.tar",
                "${v%%.*}     ; a.tar.gz ; a",
                "${v#*.}      ; a.tar.gz ; tar.gz",
                "${v##*.}     ; a.tar.gz ; gz",
                "${v##*/}     ; /a/b/c  ; c",
                "${v%/*}      ; /a/b/c  ; /a/b",
                "${v#?}       ; \uD83D\uDE80b ; b",
                "${v%?}       ; b\uD83D\uDE80 ; b",
            })
    void takesPrefixesAndSuffixesOff(String word, String value, String expected) {
        assertThat(expand(word, Map.of("v", value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "${v/$n/.}    ; /foo*/*/*.txt    ; \\*/     ; /foo.*/*.txt",
                "${v//$n/.}   ; /foo*/*/*.txt    ; \\*/     ; /foo..*.txt",
                "${v/$n/}     ; /tmp/tmp/bar.txt ; /tmp     ; /tmp/bar.txt",
                "${v//$n/}    ; /tmp/tmp/bar.txt ; /tmp     ; /bar.txt",
                "${v/$n//}    ; /a/foo/b/c.txt   ; /?/      ; /foo/b/c.txt",
                "${v//$n/\"/\"} ; /a/foo/b/c.txt ; /?/      ; /foo/c.txt",
                "${v/$n/https://} ; http://a.de  ; http://  ; https://a.de",
                "${v//\\//\\/} ; /tmp/foo.txt    ; -        ; \\/tmp\\/foo.txt",
                "${v/\\}/x}   ; a}b              ; -        ; axb",
                "${v/$u/ww}   ; xxyy             ; -        ; wwxxyy",
                "${v///}      ; xxyy             ; -        ; xxyy",
                "${v/b*d/X}   ; abcdbcde         ; -        ; aXe",
                "${v//b?/X}   ; abcdbcde         ; -        ; aXdXde",
                "${v//*/X}    ; abc              ; -        ; X",
                "${v//$u/-}   ; ab               ; -        ; -a-b-",
                "${v//b/$$1}  ; abc              ; -        ; a1c",
                "${v//z/X}    ; abc              ; -        ; abc",
            })
    void replaces(String word, String value, String needle, String expected) {
        assertThat(expand(word, Map.of("v", value, "n", needle))).isEqualTo(expected);
    }

    @Test
    void takesThePatternFromVariables() {
        var variables = Map.of("v", "xxyy", "x", "x", "empty", "");

        assertThat(expand("${v#$x}", variables)).isEqualTo("xyy");
        assertThat(expand("${v#$empty}", variables)).isEqualTo("xxyy");
        assertThat(expand("${v%%$empty}", variables)).isEqualTo("xxyy");
        assertThat(expand("${v#${x}?}", variables)).isEqualTo("yy");
        assertThat(expand("${none///}", variables)).isEmpty();
    }

    @Test
    void doesNotReachOverTheEndOfALine() {
        var variables = Map.of("v", "ab\ncd");

        assertThat(expand("${v##*}", variables)).isEqualTo("\ncd");
        assertThat(expand("${v%%*}", variables)).isEqualTo("ab\n");
        assertThat(expand("${v//b*c/X}", variables)).isEqualTo("ab\ncd");
    }

    @Test
    void doesNotTakeLongForManyWildcards() {
        String value = "a".repeat(20_000);

        assertThat(expand("${v%%" + "*a".repeat(30) + "b}", Map.of("v", value))).isEqualTo(value);
        assertThat(expand("${v//a*b/x}", Map.of("v", value))).isEqualTo(value);
    }

    @Test
    void refusesWorkWithoutMeasure() {
        var variables = Map.of("v", "a".repeat(20_000), "n", "*".repeat(20_000));

        assertThatExceptionOfType(ShellSyntaxException.class)
                .isThrownBy(() -> expand("${v#$n}", variables))
                .withMessageContaining("too long");
    }
}
