package dev.slipway.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Topic {@code slipway.warm.set}, compacted by cluster and reference: what each cluster keeps on its nodes, and until when. */
public sealed interface WarmSetEvent extends Fact {

    /**
     * Type {@code dev.slipway.warm-set.changed.v1}. What is kept follows the reference when it is a tag that Slipway moves.
     *
     * @param digest what the reference named when this was said
     * @param nodeSelector labels that nodes must have
     * @param until where it is past, the reference is not kept any more
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record WarmSetChanged(
            String buildId,
            String cluster,
            String reference,
            String digest,
            Map<String, String> nodeSelector,
            Instant until)
            implements WarmSetEvent {
        @SuppressWarnings("NullAway") // an absent JSON property arrives as null
        public WarmSetChanged {
            nodeSelector = nodeSelector == null ? Map.of() : Lists.ordered(nodeSelector);
        }

        @Override
        public String subject() {
            return reference;
        }

        @Override
        public String partitionKey() {
            return cluster + "|" + reference;
        }

        @Override
        public List<String> identity() {
            return List.of(buildId, cluster, reference);
        }
    }
}
