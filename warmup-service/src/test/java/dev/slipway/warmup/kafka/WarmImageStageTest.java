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
import dev.slipway.events.WarmupEvent.WarmupProgressed;
import dev.slipway.events.WarmupEvent.WarmupStarted;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.WarmupNumbers;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.OutgoingEvent;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.oci.MediaTypes;
import dev.slipway.warmup.Cluster;
import dev.slipway.warmup.NodeFailure;
import dev.slipway.warmup.Progress;
import dev.slipway.warmup.PublishedImage;
import dev.slipway.warmup.WarmImage;
import dev.slipway.warmup.WarmupListener;
import dev.slipway.warmup.WarmupOutcome;
import dev.slipway.warmup.WarmupWish;
import dev.slipway.warmup.node.SkipReason;
import dev.slipway.warmup.pull.Copies;
import dev.slipway.warmup.verify.PullFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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

    private record Known(String name, WarmupOutcome outcome) implements Cluster {
        @Override
        public WarmupOutcome warm(PublishedImage image, WarmupWish wish, WarmupListener listener) {
            listener.started(name, 4);
            listener.progressed(name, progress(1, Map.of()));
            listener.ended(outcome);
            return outcome;
        }

        @Override
        public void keep(PublishedImage image, WarmupWish wish, Duration time, Consumer<String> evicted) {
            throw new AssertionError("nothing was to be kept");
        }
    }

    private static Progress progress(int warm, Map<PullFailure, Integer> failed) {
        return new Progress(
                1,
                warm,
                0,
                0,
                failed,
                Map.of(SkipReason.NO_PLATFORM, 2),
                failed.keySet().stream()
                        .map(reason -> new NodeFailure("web-7", reason, "why"))
                        .toList(),
                Progress.Times.of(List.of(Duration.ofSeconds(1), Duration.ofSeconds(3))),
                1000);
    }

    private WarmImageStage stage(Cluster... clusters) {
        return new WarmImageStage(
                new WarmImage(
                        () -> List.of(clusters), Thread.ofVirtual().factory(), new Copies(InstantSource.system())),
                published);
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
    void saysOfAClusterWhatBecameOfItsNodes() {
        stage(new Known("eu", new WarmupOutcome.Warmed("eu", progress(4, Map.of()))))
                .handle(received());

        assertThat(published.facts)
                .containsExactly(
                        new WarmupStarted(BUILD, "eu", INDEX.digest(), 4),
                        new WarmupProgressed(BUILD, "eu", INDEX.digest(), 1, 1, 0, 2, 0, Map.of(), null),
                        new ImageWarmed(
                                BUILD,
                                "eu",
                                INDEX.digest(),
                                dev.slipway.events.model.WarmupOutcome.WARMED,
                                4,
                                1.0,
                                new WarmupNumbers(
                                        4,
                                        0,
                                        Map.of(),
                                        Map.of("SKIPPED_NO_PLATFORM", 2),
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(3),
                                        1000)));
    }

    @Test
    void saysThatNotAllNodesAreWarm() {
        stage(new Known("eu", new WarmupOutcome.Warmed("eu", progress(3, Map.of(PullFailure.DNS, 1)))))
                .handle(received());

        assertThat(published.facts.getLast()).isInstanceOfSatisfying(ImageWarmed.class, warmed -> {
            assertThat(warmed.outcome()).isEqualTo(dev.slipway.events.model.WarmupOutcome.PARTIALLY_WARMED);
            assertThat(warmed.coverage()).isEqualTo(0.75);
        });
    }

    @Test
    void saysWhyAWarmupHaltedAndOfWhichNodes() {
        stage(new Known("eu", new WarmupOutcome.Halted("eu", progress(0, Map.of(PullFailure.TLS, 1)))))
                .handle(received());

        assertThat(published.facts.getLast())
                .isEqualTo(new WarmupFailed(
                        BUILD,
                        "eu",
                        INDEX.digest(),
                        List.of(
                                new Failure(
                                        FailureCode.WARMUP_HALTED,
                                        "the warm-up on eu halted in wave 1: 0 of 1 nodes are warm, 1 failed (TLS 1), 0"
                                                + " were not tried",
                                        "eu",
                                        true),
                                new Failure(FailureCode.NODE_PULL_FAILED, "TLS: why", "web-7", false))));
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
