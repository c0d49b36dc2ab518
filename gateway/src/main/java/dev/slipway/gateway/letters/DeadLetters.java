package dev.slipway.gateway.letters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The dead letters that are still kept. Every method throws {@link
 * dev.slipway.gateway.builds.EventLog.LogUnavailableException} where they cannot be read now.
 */
public interface DeadLetters {

    /** The latest, the newest first; of one build, where one is named. */
    List<DeadLetter> latest(int limit, Optional<String> buildId);

    Optional<LetterContent> find(LetterId id);

    /**
     * Sends the record again to the topic on which it lay, as it was, and notes that beside it.
     *
     * @param again also one that was sent again before
     */
    Replay replay(LetterId id, boolean again);

    /** What became of that. */
    sealed interface Replay {
        record Sent(DeadLetter letter) implements Replay {}

        record Unknown() implements Replay {}

        record SentBefore(Instant at) implements Replay {}

        /** It cannot be, now or later. */
        record Impossible(String reason) implements Replay {}
    }
}
