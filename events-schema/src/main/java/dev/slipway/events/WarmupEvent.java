package dev.slipway.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.WarmupNumbers;
import dev.slipway.events.model.WarmupOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Topic {@code slipway.image.warmed}, keyed by cluster and image. */
public sealed interface WarmupEvent extends Fact {

    String buildId();

    /** Empty where no cluster is configured. */
    String cluster();

    @Nullable
    String digest();

    @Override
    default String subject() {
        return buildId();
    }

    @Override
    default String partitionKey() {
        return cluster() + "|" + Objects.requireNonNullElse(digest(), "");
    }

    @Override
    default List<String> identity() {
        return List.of(buildId(), cluster());
    }

    /** Type {@code dev.slipway.warmup.started.v1}. */
    record WarmupStarted(String buildId, String cluster, String digest, int nodes) implements WarmupEvent {}

    /**
     * Type {@code dev.slipway.warmup.progressed.v1}, one per wave.
     *
     * @param reasons how many nodes failed, by reason
     * @param failures the first 50 of the nodes that failed so far; absent where none did
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WarmupProgressed(
            String buildId,
            String cluster,
            String digest,
            int wave,
            int warm,
            int failed,
            int skipped,
            int remaining,
            Map<String, Integer> reasons,
            @Nullable List<Failure> failures)
            implements WarmupEvent {
        public WarmupProgressed {
            reasons = Lists.ordered(reasons);
            failures = failures == null ? null : List.copyOf(failures);
        }

        @Override
        public List<String> identity() {
            return List.of(buildId, cluster, Integer.toString(wave));
        }
    }

    /**
     * Type {@code dev.slipway.image.warmed.v1}, the end of the warm-up on a cluster.
     *
     * @param coverage warm nodes of the nodes that should be, from 0 to 1; absent where there was nothing to warm
     * @param numbers absent where no cluster was gone through
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ImageWarmed(
            String buildId,
            String cluster,
            String digest,
            WarmupOutcome outcome,
            int nodes,
            @Nullable Double coverage,
            @Nullable WarmupNumbers numbers)
            implements WarmupEvent {}

    /**
     * Type {@code dev.slipway.warmup.failed.v1}.
     *
     * @param digest absent where what was to be warmed could not be found out
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WarmupFailed(
            String buildId, String cluster, @Nullable String digest, List<Failure> failures) implements WarmupEvent {
        public WarmupFailed {
            failures = List.copyOf(failures);
        }
    }

    /** Type {@code dev.slipway.image.evicted.v1}. */
    record ImageEvicted(String buildId, String cluster, String digest, String node, Instant foundAt)
            implements WarmupEvent {
        @Override
        public List<String> identity() {
            return List.of(buildId, cluster, node, foundAt.toString());
        }
    }

    /** Type {@code dev.slipway.pull-policy.decided.v1}: said when it is another than before. */
    record PullPolicyDecided(
            String buildId,
            String cluster,
            String digest,
            String reference,
            String policy,
            String reason,
            Instant decidedAt)
            implements WarmupEvent {
        @Override
        public List<String> identity() {
            return List.of(buildId, cluster, reference, policy, decidedAt.toString());
        }
    }
}
