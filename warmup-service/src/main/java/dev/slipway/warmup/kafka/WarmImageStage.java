package dev.slipway.warmup.kafka;

import dev.slipway.events.Fact;
import dev.slipway.events.PublishEvent;
import dev.slipway.events.WarmupEvent;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.Stage;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.warmup.PublishedImage;
import dev.slipway.warmup.WarmImage;
import dev.slipway.warmup.WarmupWish;
import java.util.List;
import java.util.Optional;

/** Images that became visible, by a publish or a rollback, are warmed. */
public final class WarmImageStage implements Stage<PublishEvent> {
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
        PublishEvent event = received.event();
        visible(event).ifPresent(index -> {
            PublishedImage image =
                    new PublishedImage(event.buildId(), new Digest(index.digest()), repositories(event, index));
            warmImage.warm(image, wish(event), new EventListener(image, received.cause(), publisher));
        });
    }

    /** Those of which a tag names the image, in the order of the request. */
    private static List<RepositoryName> repositories(PublishEvent event, Descriptor index) {
        List<TargetOutcome> targets = switch (event) {
            case PublishEvent.ImagePublished published -> published.targets();
            case PublishEvent.ImageRolledBack rolledBack -> rolledBack.targets();
            case PublishEvent.ImagePublishFailed ignored -> List.of();
            case PublishEvent.ImageSuperseded ignored -> List.of();
        };
        return targets.stream()
                .filter(target -> index.digest().equals(target.digest()))
                .map(target -> Reference.parse(target.reference()).repository())
                .toList();
    }

    private static WarmupWish wish(PublishEvent event) {
        return event instanceof PublishEvent.ImagePublished published && published.warmup() != null
                ? ToCore.wish(published.warmup())
                : WarmupWish.NOTHING_SPECIAL;
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

    @Override
    public List<Fact> givenUp(Received<PublishEvent> received, RuntimeException last) {
        return visible(received.event()).stream()
                .<Fact>map(index -> new WarmupEvent.WarmupFailed(
                        received.event().buildId(),
                        ToEvents.NO_CLUSTER,
                        index.digest(),
                        List.of(new Failure(
                                FailureCode.INTERNAL_ERROR,
                                "the image could not be warmed: " + last.getMessage(),
                                null,
                                true))))
                .toList();
    }
}
