package dev.slipway.build.dockerfile.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonArrayTest {

    private static List<String> strings(String text) {
        JsonArray array = JsonArray.read(text);
        assertThat(array).isInstanceOf(JsonArray.Strings.class);
        return ((JsonArray.Strings) array)
                .texts().stream().map(JsonArray.Text::value).toList();
    }

    @Test
    void readsStrings() {
        assertThat(strings("[]")).isEmpty();
        assertThat(strings("[ ]")).isEmpty();
        assertThat(strings("[\"\"]")).containsExactly("");
        assertThat(strings("[\"a\",\"b\"]")).containsExactly("a", "b");
        assertThat(strings("\t[\t\"a\"\t,\t\"b\"\t]\t")).containsExactly("a", "b");
        assertThat(
                        strings(
                                "[\"abc 123\", \"♥\", \"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000\", \"\\u00e9\\uD83D\\uDE80\"]"))
                .containsExactly("abc 123", "♥", "\" \\ / \b \f \n \r \t \u0000", "é\uD83D\uDE80");
    }

    @Test
    void knowsWhereEachStringStarts() {
        assertThat(JsonArray.read("[ \"a\", \"\"]"))
                .isEqualTo(new JsonArray.Strings(List.of(new JsonArray.Text("a", 3), new JsonArray.Text("", 8))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42",
                "-1",
                "123.456",
                "1e9",
                "0",
                "{}",
                "{\"c\": \"d\"}",
                "{\"c\":[1,{\"d\":null}],\"e\":2}",
                "[\"c\"]",
                "[]",
                "[ ]",
                "true",
                "false",
                "null",
            })
    void findsWhatIsNoString(String other) {
        assertThat(JsonArray.read("[\"a\", " + other + " ,\"b\"]")).isEqualTo(new JsonArray.Mixed(6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "\"a\"",
                "{}",
                "[",
                "[\"a\"",
                "[\"a\",",
                "[\"a\",]",
                "[,\"a\"]",
                "[\"a\" \"b\"]",
                "[\"a\"] b",
                "['a']",
                "[\"a",
                "[\"a\\\"]",
                "[\"\\x\"]",
                "[\"\\u12\"]",
                "[\"\\u12g4\"]",
                "[\"\\u١٢٣٤\"]",
                "[\"a\tb\"]",
                "[\"a\", 'b']",
                "[ -f x ]",
                "[ test ]",
                "[ 1 = 1 ]",
                "[01]",
                "[1.]",
                "[.5]",
                "[+1]",
                "[truefalse]",
                "[{a:1}]",
                "[{\"a\"}]",
                "[{\"a\":}]",
                "[[\"a\"]",
                "[\u00A0]",
                "[NaN]",
            })
    void takesNothingElseForJson(String text) {
        assertThat(JsonArray.read(text)).isEqualTo(new JsonArray.Other());
    }

    @Test
    void readsNoArraysNestedWithoutEnd() {
        assertThat(JsonArray.read("[".repeat(100_000))).isEqualTo(new JsonArray.Other());
    }
}
