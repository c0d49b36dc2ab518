package dev.slipway.warmup.kafka;

import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.RequestEvent.WarmupRequested;
import dev.slipway.events.WarmSetEvent.WarmSetChanged;
import dev.slipway.events.WarmupEvent.WarmupFailed;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.WarmupSpec;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.Stage;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.warmup.PublishedImage;
import dev.slipway.warmup.WarmImage;
import dev.slipway.warmup.verify.PublishedTags;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Requests to warm an image that exists, and to keep it warm for a while. */
public final class WarmRequestStage implements Stage<RequestEvent> {
    private final PublishedTags tags;
    private final WarmImage warmImage;
    private final Supplier<List<String>> clusters;
    private final EventPublisher publisher;

    /**
     * Makes it.
     *
     * @param clusters names of those that there are
     */
    public WarmRequestStage(
            PublishedTags tags, WarmImage warmImage, Supplier<List<String>> clusters, EventPublisher publisher) {
        this.tags = tags;
        this.warmImage = warmImage;
        this.clusters = clusters;
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "warm on request";
    }

    @Override
    public Class<RequestEvent> events() {
        return RequestEvent.class;
    }

    @Override
    public boolean first() {
        return true;
    }

    @Override
    public boolean concerns(RequestEvent event) {
        return event instanceof WarmupRequested;
    }

    @Override
    public void handle(Received<RequestEvent> received) {
        if (received.event() instanceof WarmupRequested request) {
            Reference reference;
            Optional<Digest> digest;
            try {
                reference = Reference.parse(request.reference());
                digest = tags.digestOf(reference);
            } catch (IllegalArgumentException e) {
                refuse(received, FailureCode.REFERENCE_INVALID, String.valueOf(e.getMessage()));
                return;
            } catch (StoreException e) {
                if (e.retryable()) {
                    throw e;
                }
                refuse(received, code(e), String.valueOf(e.getMessage()));
                return;
            }
            if (digest.isEmpty()) {
                refuse(received, FailureCode.IMAGE_NOT_FOUND, "%s is not there".formatted(reference));
            } else if (request.warmup().canary()) {
                refuse(received, FailureCode.REQUEST_INVALID, "warmup.canary is not supported by this version");
            } else {
                warm(received, request.warmup(), reference, digest.get());
            }
        }
    }

    private static FailureCode code(StoreException e) {
        return switch (e.kind()) {
            case UNAUTHORIZED -> FailureCode.REGISTRY_UNAUTHORIZED;
            case NOT_FOUND -> FailureCode.IMAGE_NOT_FOUND;
            case UNAVAILABLE, REFUSED, IMMUTABLE, CORRUPT -> FailureCode.REGISTRY_UNAVAILABLE;
        };
    }

    /** The request's own time counts: one that comes again does not keep it for longer. */
    private void warm(Received<RequestEvent> received, WarmupSpec spec, Reference reference, Digest digest) {
        PublishedImage image = new PublishedImage(received.buildId(), digest, List.of(reference.repository()));
        warmImage.warm(image, ToCore.wish(spec), new EventListener(image, received.cause(), publisher));
        if (spec.keep() != null) {
            Instant until = received.envelope().time().plus(spec.keep());
            List<WarmSetChanged> changes = clusters.get().stream()
                    .filter(name -> spec.clusters().isEmpty() || spec.clusters().contains(name))
                    .map(name -> new WarmSetChanged(
                            received.buildId(), name, reference.toString(), digest.value(), spec.nodeSelector(), until))
                    .toList();
            publisher.publish(received.cause(), changes);
        }
    }

    private void refuse(Received<RequestEvent> received, FailureCode code, String message) {
        publisher.publish(received.cause(), failed(received, code, message, false));
    }

    private static WarmupFailed failed(
            Received<RequestEvent> received, FailureCode code, String message, boolean retryable) {
        return new WarmupFailed(
                received.buildId(), ToEvents.NO_CLUSTER, null, List.of(new Failure(code, message, null, retryable)));
    }

    @Override
    public List<Fact> givenUp(Received<RequestEvent> received, RuntimeException last) {
        return List.of(failed(
                received,
                last instanceof StoreException ? FailureCode.REGISTRY_UNAVAILABLE : FailureCode.INTERNAL_ERROR,
                "the image could not be warmed: " + last.getMessage(),
                true));
    }
}
