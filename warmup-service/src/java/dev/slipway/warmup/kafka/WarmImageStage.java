package dev.slipway.warmup.kafka;

import dev.slipway.events.Fact;
import dev.slipway.events.PublishEvent;
import dev.slipway.events.WarmupEvent;
import dev.slipway.events.WarmupEvent.ImageWarmed;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.Stage;
import dev.slipway.oci.Digest;
import dev.slipway.warmup.PublishedImage;
import dev.slipway.warmup.WarmImage;
import dev.slipway.warmup.WarmupOutcome;
import java.util.List;
import java.util.Optional;

/** Images that became visible, by a publish or a rollback, are warmed. */
public final class WarmImageStage implements Stage<PublishEvent> {
    /** What stands for the cluster where there is none. */
    private static final String NO_CLUSTER = "";

    private final WarmImage warmImage;
    private final EventPublisher publisher;

    public WarmImageStage(WarmImage warmImage, EventPublisher publisher) {
        this.warmImage = warmImage;
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "warm image";
    }

    @Override
    public Class<PublishEvent> events() {
        return PublishEvent.class;
    }

    @Override
    public boolean concerns(PublishEvent event) {
        return visible(event).isPresent();
    }

    @Override
    public void handle(Received<PublishEvent> received) {
        visible(received.event()).ifPresent(index -> {
            PublishedImage image = new PublishedImage(received.event().buildId(), new Digest(index.digest()));
            publisher.publish(
                    received.cause(),
                    warmImage.warm(image).stream()
                            .map(outcome -> event(image, outcome))
                            .toList());
        });
    }

    /** The index that tags name since this event. */
    private static Optional<Descriptor> visible(PublishEvent event) {
        return switch (event) {
            case PublishEvent.ImagePublished published -> Optional.of(published.index());
            case PublishEvent.ImageRolledBack rolledBack -> Optional.of(rolledBack.index());
            case PublishEvent.ImagePublishFailed failed -> Optional.empty();
            case PublishEvent.ImageSuperseded superseded -> Optional.empty();
        };
    }

    private static WarmupEvent event(PublishedImage image, WarmupOutcome outcome) {
        String digest = image.digest().value();
        return switch (outcome) {
            case WarmupOutcome.NoCluster none ->
                new ImageWarmed(
                        image.buildId(),
                        NO_CLUSTER,
                        digest,
                        dev.slipway.events.model.WarmupOutcome.SKIPPED_NO_CLUSTER,
                        0,
                        null);
            case WarmupOutcome.Warmed warmed ->
                new ImageWarmed(
                        image.buildId(),
                        warmed.cluster(),
                        digest,
                        warmed.warm() == warmed.nodes()
                                ? dev.slipway.events.model.WarmupOutcome.WARMED
                                : dev.slipway.events.model.WarmupOutcome.PARTIALLY_WARMED,
                        warmed.nodes(),
                        warmed.nodes() == 0 ? null : (double) warmed.warm() / warmed.nodes());
        };
    }

    @Override
    public List<Fact> givenUp(Received<PublishEvent> received, RuntimeException last) {
        return visible(received.event()).stream()
                .<Fact>map(index -> new WarmupEvent.WarmupFailed(
                        received.event().buildId(),
                        NO_CLUSTER,
                        index.digest(),
                        List.of(new Failure(
                                FailureCode.INTERNAL_ERROR,
                                "the image could not be warmed: " + last.getMessage(),
                                null,
                                true))))
                .toList();
    }
}
