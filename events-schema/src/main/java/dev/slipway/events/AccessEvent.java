package dev.slipway.events;

import dev.slipway.events.model.AccessCheck;
import dev.slipway.events.model.AccessDecision;
import dev.slipway.events.model.TagMovePurpose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Topic {@code slipway.access.decided}, kept for ever: who was let move which tags, and who was not. */
public sealed interface AccessEvent extends Fact {

    /**
     * Type {@code dev.slipway.access.decided.v1}; comes before what follows from it. Where no rules are configured nothing is
     * decided.
     *
     * @param check whether the request was looked at, or its tags right before they were moved
     * @param references all that the request wants
     * @param denied those of them that the tenant may not move; one is enough for the whole request
     * @param rules digest of the rules that decided
     */
    record AccessDecided(
            String buildId,
            String tenant,
            TagMovePurpose purpose,
            AccessCheck check,
            AccessDecision decision,
            List<String> references,
            List<String> denied,
            String rules,
            @Nullable String requester)
            implements AccessEvent {
        public AccessDecided {
            references = List.copyOf(references);
            denied = Lists.orEmpty(denied);
        }

        @Override
        public String subject() {
            return buildId;
        }

        /** Other rules make another decision, though the request is the same. */
        @Override
        public List<String> identity() {
            return List.of(buildId, check.name(), rules);
        }
    }
}
