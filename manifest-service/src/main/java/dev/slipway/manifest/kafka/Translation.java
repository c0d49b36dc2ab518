package dev.slipway.manifest.kafka;

import dev.slipway.events.AssemblyEvent;
import dev.slipway.events.AssemblyEvent.ImageAssembled;
import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.AssemblyReadyEvent.ImageAssemblyReady;
import dev.slipway.events.BuildPlan;
import dev.slipway.events.model.Attachments;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.manifest.AssemblyOutcome;
import dev.slipway.manifest.AssemblyPlan;
import dev.slipway.manifest.Signatures;
import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.children.ChildFault;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Between the contract's words and the core's. */
final class Translation {
    private Translation() {}

    /** @throws IllegalArgumentException where the event names something that cannot be in an index */
    static AssemblyPlan plan(ImageAssemblyReady ready) {
        return new AssemblyPlan(
                ready.images().stream().map(Translation::child).toList(),
                IndexAnnotations.of(ready.plan()),
                order(ready.plan()),
                GateTranslation.asked(ready.plan()),
                ready.buildId() + "-index");
    }

    private static Optional<Signatures.Order> order(BuildPlan plan) {
        if (!plan.request().sign()) {
            return Optional.empty();
        }
        List<RepositoryName> repositories = plan.request().tags().stream()
                .map(tag -> Reference.parse(tag).repository())
                .toList();
        return Optional.of(new Signatures.Order(repositories, plan.requestedAt()));
    }

    private static Child child(PlatformImage image) {
        Platform name = Platform.parse(image.platform());
        return new Child(
                new Platform(name.os(), name.architecture(), name.variant(), image.osVersion(), List.of()),
                oci(image.manifest()),
                image.referrers().stream().map(Translation::oci).toList());
    }

    private static Descriptor oci(dev.slipway.events.model.Descriptor descriptor) {
        return Descriptor.of(descriptor.mediaType(), new Digest(descriptor.digest()), descriptor.size());
    }

    /** What is to be told, in this order: what the gate says, and what became of the image. */
    static List<AssemblyEvent> events(ImageAssemblyReady ready, AssemblyOutcome outcome) {
        AssemblyEvent end = switch (outcome) {
            case AssemblyOutcome.Assembled assembled -> event(ready, assembled);
            case AssemblyOutcome.NotAssembled none -> event(ready.buildId(), none);
        };
        return afterGate(ready.buildId(), outcome, end);
    }

    static List<AssemblyEvent> afterGate(String buildId, AssemblyOutcome outcome, AssemblyEvent end) {
        return Stream.concat(GateTranslation.decided(buildId, outcome).stream(), Stream.of(end))
                .toList();
    }

    static AssemblyEvent event(ImageAssemblyReady ready, AssemblyOutcome.Assembled assembled) {
        return new ImageAssembled(
                ready.buildId(),
                ready.plan(),
                descriptor(assembled.index().manifest()),
                images(ready.images(), assembled.images()),
                ready.missingPlatforms(),
                attached(assembled.index()).toList());
    }

    static AssemblyEvent event(String buildId, AssemblyOutcome.NotAssembled outcome) {
        return new ImageAssemblyFailed(
                buildId,
                switch (outcome) {
                    case AssemblyOutcome.Refused refused ->
                        refused.faults().stream().map(Translation::failure).toList();
                    case AssemblyOutcome.TooLarge large -> List.of(failure(large));
                    case AssemblyOutcome.Unchangeable unchangeable -> List.of(failure(unchangeable));
                    case AssemblyOutcome.Denied denied -> GateTranslation.failures(denied.decision());
                    case AssemblyOutcome.NoKey none ->
                        List.of(new Failure(
                                FailureCode.SIGNING_KEY_MISSING,
                                "the request wants signatures, and the manifest service has no key: slipway.signing.key",
                                null,
                                false));
                });
    }

    /** What came as an index leaves as the image inside it. */
    private static List<PlatformImage> images(List<PlatformImage> built, List<AssemblyOutcome.Part> listed) {
        List<PlatformImage> images = new ArrayList<>();
        for (PlatformImage image : built) {
            AssemblyOutcome.Part part = listed.get(images.size());
            List<dev.slipway.events.model.Descriptor> referrers =
                    Stream.concat(image.referrers().stream(), attached(part)).toList();
            images.add(new PlatformImage(image.platform(), image.osVersion(), descriptor(part.manifest()), referrers));
        }
        return images;
    }

    private static Stream<dev.slipway.events.model.Descriptor> attached(AssemblyOutcome.Part part) {
        return part.attached().stream().map(one -> {
            Map<String, String> annotations = new LinkedHashMap<>(one.manifest().annotations());
            one.tag().ifPresent(tag -> annotations.put(Attachments.TAG, tag));
            one.repository().ifPresent(name -> annotations.put(Attachments.REPOSITORY, name.toString()));
            one.keyId().ifPresent(key -> annotations.put(Attachments.KEY, key));
            Descriptor manifest = one.manifest();
            return new dev.slipway.events.model.Descriptor(
                    manifest.mediaType(),
                    manifest.digest().value(),
                    manifest.size(),
                    manifest.artifactType(),
                    annotations);
        });
    }

    static dev.slipway.events.model.Descriptor descriptor(Descriptor index) {
        return dev.slipway.events.model.Descriptor.of(
                index.mediaType(), index.digest().value(), index.size());
    }

    private static Failure failure(ChildFault fault) {
        FailureCode code = switch (fault.kind()) {
            case MISSING -> FailureCode.CHILD_MANIFEST_MISSING;
            case MEDIA_TYPE -> FailureCode.CHILD_MEDIA_TYPE_WRONG;
            case SIZE -> FailureCode.CHILD_SIZE_WRONG;
            case MALFORMED -> FailureCode.CHILD_MANIFEST_INVALID;
            case CONFIG -> FailureCode.CHILD_CONFIG_INVALID;
            case PLATFORM -> FailureCode.CHILD_PLATFORM_WRONG;
            case LAYER_MISSING -> FailureCode.CHILD_LAYER_MISSING;
            case DIFF_IDS -> FailureCode.CHILD_DIFF_IDS_WRONG;
            case SECOND -> FailureCode.CHILD_PLATFORM_TWICE;
        };
        return new Failure(code, fault.message(), fault.child().platform().name(), false);
    }

    private static Failure failure(AssemblyOutcome.Unchangeable unchangeable) {
        FailureCode code = switch (unchangeable.reason()) {
            case NOT_FOUND -> FailureCode.IMAGE_NOT_FOUND;
            case CHILD_NOT_FOUND -> FailureCode.CHILD_MANIFEST_MISSING;
            case MALFORMED -> FailureCode.CHILD_MANIFEST_INVALID;
            case NO_INDEX, CONTRADICTION -> FailureCode.REQUEST_INVALID;
        };
        return new Failure(code, unchangeable.message(), unchangeable.concerns().toString(), false);
    }

    private static Failure failure(AssemblyOutcome.TooLarge large) {
        String message = "the index would have %d bytes, and registries need not take more than %d"
                .formatted(large.bytes(), large.maxBytes());
        return new Failure(FailureCode.INDEX_TOO_LARGE, message, null, false);
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
