package dev.slipway.events;

import dev.slipway.events.model.PreparedTarget;
import java.util.List;

/** Topic {@code slipway.publish.journal}, compacted by build id: read to its end before any new move. */
public sealed interface JournalEvent extends Fact {

    /**
     * Type {@code dev.slipway.image.publish-prepared.v1}. A record that is there is never replaced.
     *
     * @param digest what the tags shall name
     */
    record ImagePublishPrepared(String buildId, String digest, List<PreparedTarget> targets) implements JournalEvent {
        public ImagePublishPrepared {
            targets = List.copyOf(targets);
        }

        @Override
        public String subject() {
            return buildId;
        }

        @Override
        public List<String> identity() {
            return List.of(buildId);
        }
    }
}
