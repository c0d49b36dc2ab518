package dev.slipway.gateway.letters;

import java.util.List;

/**
 * A dead letter with what is in it, as far as it is shown.
 *
 * @param headers in their order
 * @param text of its value from the beginning; in base64 where it is not UTF-8
 * @param base64 whether it is that
 * @param cut whether there is more of it
 */
public record LetterContent(DeadLetter letter, List<LetterHeader> headers, String text, boolean base64, boolean cut) {

    public LetterContent {
        headers = List.copyOf(headers);
    }

    /** A header of the record as text. */
    public record LetterHeader(String name, String value) {}
}
