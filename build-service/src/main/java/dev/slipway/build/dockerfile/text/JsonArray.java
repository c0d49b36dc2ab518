package dev.slipway.build.dockerfile.text;

import java.util.List;

/** What a text is, read as a JSON array (RFC 8259). */
public sealed interface JsonArray {

    /** An array of nothing but strings, in their order. */
    record Strings(List<Text> texts) implements JsonArray {
        public Strings {
            texts = List.copyOf(texts);
        }
    }

    /**
     * A string of the array.
     *
     * @param value without escapes
     * @param offset where the text between its quotes starts
     */
    record Text(String value, int offset) {}

    /**
     * An array, but not of strings alone.
     *
     * @param offset where the first element starts that is no string
     */
    record Mixed(int offset) implements JsonArray {}

    /** No JSON, or no array. */
    record Other() implements JsonArray {}

    static JsonArray read(String text) {
        return JsonReader.read(text);
    }
}
