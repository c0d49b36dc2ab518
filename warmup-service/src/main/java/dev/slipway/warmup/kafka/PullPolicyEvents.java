package dev.slipway.warmup.kafka;

import dev.slipway.events.TagStateEvent.TagMoved;
import dev.slipway.events.WarmupEvent.PullPolicyDecided;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.warmup.pull.Decision;
import dev.slipway.warmup.pull.ReviewPullPolicies;
import dev.slipway.warmup.pull.TagIndex;
import dev.slipway.warmup.pull.TagIndex.Named;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Learns what tags name, and publishes which pull policy was decided for them. */
public final class PullPolicyEvents implements ReviewPullPolicies.Listener {
    private final TagIndex tags;
    private final EventPublisher publisher;
    private final InstantSource clock;
    private final Map<String, Cause> causes = new ConcurrentHashMap<>();

    public PullPolicyEvents(TagIndex tags, EventPublisher publisher, InstantSource clock) {
        this.tags = tags;
        this.publisher = publisher;
        this.clock = clock;
    }

    void moved(TagMoved event, Cause cause) {
        Reference.Tagged reference = Reference.parseTagged(event.reference());
        causes.put(reference.toString(), cause);
        tags.moved(new Named(reference, new Digest(event.digest()), event.buildId(), event.requestedAt()));
    }

    @Override
    public void decided(String cluster, Named image, Decision decision) {
        Cause cause = causes.get(image.reference().toString());
        if (cause != null) {
            publisher.publish(
                    cause,
                    new PullPolicyDecided(
                            image.buildId(),
                            cluster,
                            image.digest().value(),
                            image.reference().toString(),
                            decision.policy().text(),
                            "%s: %s".formatted(decision.rule(), decision.reason()),
                            clock.instant()));
        }
    }
}
