package dev.slipway.events;

import java.time.Instant;
import java.util.List;

/** Topic {@code slipway.tag.state}, compacted by full reference: the digest that each reference has now. */
public sealed interface TagStateEvent extends Fact {

    /**
     * Type {@code dev.slipway.tag.moved.v1}.
     *
     * @param requestedAt {@code ce_time} of the request whose result this is; an older one never replaces it
     */
    record TagMoved(String reference, String digest, String buildId, Instant requestedAt) implements TagStateEvent {
        @Override
        public String subject() {
            return reference;
        }

        @Override
        public List<String> identity() {
            return List.of(reference, digest, buildId);
        }
    }
}
