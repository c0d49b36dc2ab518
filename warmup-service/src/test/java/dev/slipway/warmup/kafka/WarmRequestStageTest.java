package dev.slipway.warmup.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.events.EventIds;
import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.RequestEvent.WarmupRequested;
import dev.slipway.events.Topic;
import dev.slipway.events.WarmSetEvent.WarmSetChanged;
import dev.slipway.events.WarmupEvent.ImageWarmed;
import dev.slipway.events.WarmupEvent.WarmupFailed;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.WarmupSpec;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.OutgoingEvent;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.warmup.Cluster;
import dev.slipway.warmup.Progress;
import dev.slipway.warmup.PublishedImage;
import dev.slipway.warmup.WarmImage;
import dev.slipway.warmup.WarmupListener;
import dev.slipway.warmup.WarmupOutcome;
import dev.slipway.warmup.WarmupWish;
import dev.slipway.warmup.pull.Copies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WarmRequestStageTest {
    private static final String BUILD = EventIds.buildId("/test", "1");
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final List<Fact> facts = new ArrayList<>();
    private final List<PublishedImage> warmed = new ArrayList<>();
    private final List<WarmupWish> wishes = new ArrayList<>();

    private final class Known implements Cluster {
        private final String name;

        private Known(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public WarmupOutcome warm(PublishedImage image, WarmupWish wish, WarmupListener listener) {
            warmed.add(image);
            wishes.add(wish);
            WarmupOutcome outcome = new WarmupOutcome.Warmed(
                    name, new Progress(1, 4, 0, 0, Map.of(), Map.of(), List.of(), Progress.Times.NONE, 0));
            listener.ended(outcome);
            return outcome;
        }

        @Override
        public void keep(PublishedImage image, WarmupWish wish, Duration time, Consumer<String> evicted) {
            throw new AssertionError("keeping is begun by the event");
        }
    }

    private final EventPublisher publisher = new EventPublisher() {
        @Override
        public void publish(Cause cause, List<? extends Fact> more) {
            facts.addAll(more);
        }

        @Override
        public void publishRequest(String tenant, Envelope envelope, RequestEvent request) {
            throw new AssertionError("nothing was to be requested");
        }

        @Override
        public void send(OutgoingEvent event) {
            throw new AssertionError("nothing was to be sent");
        }
    };

    private void handle(String reference, @Nullable Duration keep, boolean canary, Optional<Digest> digest) {
        WarmupSpec spec = new WarmupSpec(List.of("eu"), Map.of("pool", "web"), List.of(), null, canary, keep);
        stage(digest).handle(received(new WarmupRequested(reference, spec, "ops")));
    }

    private WarmRequestStage stage(Optional<Digest> digest) {
        List<Cluster> clusters = List.of(new Known("eu"), new Known("us"));
        return new WarmRequestStage(
                reference -> digest,
                new WarmImage(() -> clusters, Thread.ofVirtual().factory(), new Copies(InstantSource.system())),
                () -> List.of("eu", "us"),
                publisher);
    }

    private static Received<RequestEvent> received(RequestEvent request) {
        return new Received<>(
                request,
                new Envelope(
                        "1",
                        "dev.slipway.warmup.requested.v1",
                        "/test",
                        Optional.empty(),
                        NOON,
                        Optional.of(BUILD),
                        Optional.empty(),
                        new TraceParent(EventIds.traceparent(BUILD)),
                        Envelope.TraceOrigin.GIVEN,
                        Optional.empty()),
                BUILD,
                Topic.requestsOf("default"));
    }

    @Test
    void warmsWhatTheReferenceNamesOnTheClustersThatAreAskedFor() {
        handle("ghcr.io/acme/shop:prod", null, false, Optional.of(DIGEST));

        assertThat(warmed)
                .containsExactly(new PublishedImage(
                        BUILD,
                        DIGEST,
                        List.of(Reference.parse("ghcr.io/acme/shop:prod").repository())));
        assertThat(wishes)
                .containsExactly(new WarmupWish(List.of("eu"), Map.of("pool", "web"), List.of(), Optional.empty()));
        assertThat(facts).singleElement().isInstanceOf(ImageWarmed.class);
    }

    @Test
    void saysWhatIsToBeKeptAndUntilWhen() {
        handle("ghcr.io/acme/shop:prod", Duration.ofHours(24), false, Optional.of(DIGEST));

        assertThat(facts)
                .last()
                .isEqualTo(new WarmSetChanged(
                        BUILD,
                        "eu",
                        "ghcr.io/acme/shop:prod",
                        DIGEST.value(),
                        Map.of("pool", "web"),
                        NOON.plus(Duration.ofHours(24))));
    }

    @Test
    void endsWithTheReasonWhereThereIsNothingToWarm() {
        handle("ghcr.io/acme/shop:prod", null, false, Optional.empty());
        handle("a:b:c", null, false, Optional.of(DIGEST));
        handle("ghcr.io/acme/shop:prod", null, true, Optional.of(DIGEST));

        assertThat(facts)
                .extracting(fact -> ((WarmupFailed) fact).failures().getFirst().code())
                .containsExactly(
                        FailureCode.IMAGE_NOT_FOUND, FailureCode.REFERENCE_INVALID, FailureCode.REQUEST_INVALID);
        assertThat(warmed).isEmpty();
    }

    @Test
    void anOutageIsWaitedOutAndThenEndsTheRequest() {
        StoreException outage = new StoreException(StoreException.Kind.UNAVAILABLE, "ghcr.io", "ghcr.io is down", null);
        WarmRequestStage stage = new WarmRequestStage(
                reference -> {
                    throw outage;
                },
                new WarmImage(List::of, Thread.ofVirtual().factory(), new Copies(InstantSource.system())),
                List::of,
                publisher);
        Received<RequestEvent> request = received(new WarmupRequested(
                "ghcr.io/acme/shop:prod", new WarmupSpec(List.of(), Map.of(), List.of(), null, false, null), null));

        assertThatThrownBy(() -> stage.handle(request)).isSameAs(outage);

        assertThat(stage.givenUp(request, outage))
                .singleElement()
                .isEqualTo(new WarmupFailed(
                        BUILD,
                        "",
                        null,
                        List.of(new Failure(
                                FailureCode.REGISTRY_UNAVAILABLE,
                                "the image could not be warmed: ghcr.io is down",
                                null,
                                true))));
    }
}
