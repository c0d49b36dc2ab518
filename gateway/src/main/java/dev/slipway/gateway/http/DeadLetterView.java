package dev.slipway.gateway.http;

import dev.slipway.gateway.letters.DeadLetter;
import dev.slipway.gateway.letters.LetterContent;
import dev.slipway.gateway.letters.LetterContent.LetterHeader;
import java.time.Instant;
import java.util.List;

/** A dead letter as callers see it; what it does not say of itself is empty text. */
record DeadLetterView(
        String id,
        Instant time,
        String topic,
        String service,
        String reason,
        String type,
        String buildId,
        int size,
        List<Instant> replays) {

    /** The latest of them. */
    record Page(List<DeadLetterView> deadLetters) {}

    /**
     * One with what is in it.
     *
     * @param value from the beginning, as text, or in base64 where it is no UTF-8
     * @param cut whether there is more of it
     */
    record Whole(DeadLetterView letter, List<LetterHeader> headers, String value, boolean base64, boolean cut) {
        static Whole of(LetterContent content) {
            return new Whole(
                    DeadLetterView.of(content.letter()),
                    content.headers(),
                    content.text(),
                    content.base64(),
                    content.cut());
        }
    }

    static DeadLetterView of(DeadLetter letter) {
        return new DeadLetterView(
                letter.id().toString(),
                letter.at(),
                letter.topic(),
                letter.service(),
                letter.reason(),
                letter.type(),
                letter.buildId(),
                letter.size(),
                letter.replays());
    }
}
