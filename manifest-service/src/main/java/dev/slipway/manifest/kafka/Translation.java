package dev.slipway.manifest.kafka;

import dev.slipway.events.AssemblyEvent;
import dev.slipway.events.AssemblyEvent.ImageAssembled;
import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.AssemblyReadyEvent.ImageAssemblyReady;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.manifest.AssemblyOutcome;
import dev.slipway.manifest.AssemblyPlan;
import dev.slipway.manifest.Child;
import dev.slipway.manifest.ChildFault;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Platform;
import dev.slipway.oci.StoreException;
import java.util.List;

/** Between the contract's words and the core's. */
final class Translation {
    private Translation() {}

    /** @throws IllegalArgumentException where the event names something that cannot be in an index */
    static AssemblyPlan plan(ImageAssemblyReady ready) {
        return new AssemblyPlan(
                ready.images().stream().map(Translation::child).toList(),
                IndexAnnotations.of(ready.plan()),
                ready.buildId() + "-index");
    }

    private static Child child(PlatformImage image) {
        Platform name = Platform.parse(image.platform());
        return new Child(
                new Platform(name.os(), name.architecture(), name.variant(), image.osVersion(), List.of()),
                Descriptor.of(
                        image.manifest().mediaType(),
                        new Digest(image.manifest().digest()),
                        image.manifest().size()));
    }

    static AssemblyEvent event(ImageAssemblyReady ready, AssemblyOutcome outcome) {
        return switch (outcome) {
            case AssemblyOutcome.Assembled assembled ->
                new ImageAssembled(
                        ready.buildId(),
                        ready.plan(),
                        descriptor(assembled.index()),
                        ready.images(),
                        ready.missingPlatforms(),
                        List.of());
            case AssemblyOutcome.Refused refused ->
                new ImageAssemblyFailed(
                        ready.buildId(),
                        refused.faults().stream().map(Translation::failure).toList());
        };
    }

    private static dev.slipway.events.model.Descriptor descriptor(Descriptor index) {
        return dev.slipway.events.model.Descriptor.of(
                index.mediaType(), index.digest().value(), index.size());
    }

    private static Failure failure(ChildFault fault) {
        return new Failure(
                fault.missing() ? FailureCode.CHILD_MANIFEST_MISSING : FailureCode.CHILD_MANIFEST_INVALID,
                fault.message(),
                fault.child().platform().name(),
                false);
    }

    static AssemblyEvent failed(String buildId, RuntimeException last) {
        return new ImageAssemblyFailed(buildId, List.of(failure(last)));
    }

    private static Failure failure(RuntimeException last) {
        if (last instanceof StoreException store) {
            return new Failure(code(store.kind()), message(last), store.location(), store.retryable());
        }
        return new Failure(FailureCode.INTERNAL_ERROR, "assembling the index failed: " + message(last), null, true);
    }

    private static String message(RuntimeException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static FailureCode code(StoreException.Kind kind) {
        return switch (kind) {
            case UNAVAILABLE -> FailureCode.REGISTRY_UNAVAILABLE;
            case UNAUTHORIZED -> FailureCode.REGISTRY_UNAUTHORIZED;
            case NOT_FOUND, REFUSED -> FailureCode.REGISTRY_REFUSED;
            case IMMUTABLE -> FailureCode.TAG_IMMUTABLE;
            case CORRUPT -> FailureCode.CHILD_MANIFEST_INVALID;
        };
    }
}
