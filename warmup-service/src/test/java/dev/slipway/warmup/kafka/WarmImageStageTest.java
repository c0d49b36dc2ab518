package dev.slipway.warmup.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.EventIds;
import dev.slipway.events.Fact;
import dev.slipway.events.PublishEvent;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.PublishEvent.ImageSuperseded;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.Topic;
import dev.slipway.events.WarmupEvent.ImageWarmed;
import dev.slipway.events.WarmupEvent.WarmupFailed;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.OutgoingEvent;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.oci.MediaTypes;
import dev.slipway.warmup.Cluster;
import dev.slipway.warmup.PublishedImage;
import dev.slipway.warmup.WarmImage;
import dev.slipway.warmup.WarmupOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WarmImageStageTest {
    private static final String BUILD = EventIds.buildId("/test", "1");
    private static final Descriptor INDEX = Descriptor.of(MediaTypes.IMAGE_INDEX, "sha256:" + "a".repeat(64), 7);

    private final Recording published = new Recording();

    private static final class Recording implements EventPublisher {
        final List<Fact> facts = new ArrayList<>();

        @Override
        public void publish(Cause cause, List<? extends Fact> more) {
            facts.addAll(more);
        }

        @Override
        public void publishRequest(String tenant, Envelope envelope, RequestEvent request) {
            throw new UnsupportedOperationException("this service makes no requests");
        }

        @Override
        public void send(OutgoingEvent event) {
            throw new UnsupportedOperationException("this stage writes no dead letters itself");
        }
    }

    private record Known(String name, int nodes, int warm) implements Cluster {
        @Override
        public WarmupOutcome warm(PublishedImage image) {
            return new WarmupOutcome.Warmed(name, nodes, warm);
        }
    }

    private WarmImageStage stage(Cluster... clusters) {
        return new WarmImageStage(new WarmImage(List.of(clusters)), published);
    }

    private static Received<PublishEvent> received() {
        return new Received<>(
                new ImagePublished(BUILD, INDEX, List.of(), List.of(), List.of(), Duration.ZERO, null, null),
                new Envelope(
                        "e1",
                        "dev.slipway.image.published.v1",
                        "/slipway/push-service",
                        Optional.of(BUILD),
                        Instant.EPOCH,
                        Optional.of(BUILD),
                        Optional.empty(),
                        new TraceParent(EventIds.traceparent(BUILD)),
                        Envelope.TraceOrigin.GIVEN,
                        Optional.empty()),
                BUILD,
                Topic.IMAGE_PUBLISHED.topicName());
    }

    @Test
    void saysOfEachClusterHowManyNodesAreWarm() {
        stage(new Known("eu", 4, 4), new Known("us", 4, 1), new Known("empty", 0, 0))
                .handle(received());

        assertThat(published.facts)
                .containsExactly(
                        new ImageWarmed(
                                BUILD, "eu", INDEX.digest(), dev.slipway.events.model.WarmupOutcome.WARMED, 4, 1.0),
                        new ImageWarmed(
                                BUILD,
                                "us",
                                INDEX.digest(),
                                dev.slipway.events.model.WarmupOutcome.PARTIALLY_WARMED,
                                4,
                                0.25),
                        new ImageWarmed(
                                BUILD,
                                "empty",
                                INDEX.digest(),
                                dev.slipway.events.model.WarmupOutcome.WARMED,
                                0,
                                null));
    }

    @Test
    void concernsOnlyWhatBecameVisible() {
        assertThat(stage().concerns(received().event())).isTrue();
        assertThat(stage().concerns(new ImageSuperseded(BUILD, "b2", List.of())))
                .isFalse();
    }

    @Test
    void endsAWarmupThatItGivesUp() {
        assertThat(stage().givenUp(received(), new IllegalStateException("for the test")))
                .containsExactly(new WarmupFailed(
                        BUILD,
                        "",
                        INDEX.digest(),
                        List.of(new Failure(
                                FailureCode.INTERNAL_ERROR,
                                "the image could not be warmed: for the test",
                                null,
                                true))));
    }
}
