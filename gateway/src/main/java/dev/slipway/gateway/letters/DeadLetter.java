package dev.slipway.gateway.letters;

import java.time.Instant;
import java.util.List;

/**
 * A record that a service gave up. What it does not say of itself is empty text.
 *
 * @param at when it was given up
 * @param topic on which it lay
 * @param service that gave it up
 * @param reason one sentence
 * @param type of the event
 * @param buildId that it says or is known by
 * @param size of its value, in bytes
 * @param replays when it was sent again, the first first
 */
public record DeadLetter(
        LetterId id,
        Instant at,
        String topic,
        String service,
        String reason,
        String type,
        String buildId,
        int size,
        List<Instant> replays) {

    public DeadLetter {
        replays = List.copyOf(replays);
    }
}
