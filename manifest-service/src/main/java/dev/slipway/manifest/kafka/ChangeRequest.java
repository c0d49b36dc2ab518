package dev.slipway.manifest.kafka;

import dev.slipway.events.AssemblyReadyEvent.ImageAssemblyReady;
import dev.slipway.events.BuildPlan;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.RequestEvent.IndexChangeRequested;
import dev.slipway.events.Topic;
import dev.slipway.events.model.BuildMode;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.events.model.Source;
import dev.slipway.kit.events.Received;
import dev.slipway.manifest.AssemblyOutcome;
import dev.slipway.manifest.Gate;
import dev.slipway.manifest.Signatures;
import dev.slipway.manifest.change.ChangePlan;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.IndexChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A request to change an index: what is asked for, and the event that the publish goes on from. */
final class ChangeRequest {
    private static final String BUILDER = "index-change";

    private final String buildId;
    private final String tenant;
    private final Instant requestedAt;
    private final IndexChangeRequested request;

    private ChangeRequest(String buildId, String tenant, Instant requestedAt, IndexChangeRequested request) {
        this.buildId = buildId;
        this.tenant = tenant;
        this.requestedAt = requestedAt;
        this.request = request;
    }

    static ChangeRequest of(Received<?> received, IndexChangeRequested request) {
        return new ChangeRequest(
                received.buildId(),
                Topic.tenantOf(received.topic()),
                received.envelope().time(),
                request);
    }

    /** Either what is to be done, or everything that is wrong with the request. */
    record Checked(Optional<ChangePlan> plan, List<Failure> failures) {}

    Checked check() {
        List<Failure> failures = new ArrayList<>();
        Optional<Reference> index =
                parsed(request.reference(), Reference::parse, FailureCode.REFERENCE_INVALID, failures);
        List<Reference> append = parsed(request.append(), Reference::parse, FailureCode.REFERENCE_INVALID, failures);
        List<Platform> platforms = new ArrayList<>();
        List<Digest> digests = new ArrayList<>();
        for (String gone : request.remove()) {
            if (gone.startsWith("sha256:")) {
                parsed(gone, Digest::new, FailureCode.REQUEST_INVALID, failures).ifPresent(digests::add);
            } else {
                parsed(gone, Platform::parse, FailureCode.PLATFORM_UNKNOWN, failures)
                        .ifPresent(platforms::add);
            }
        }
        List<Reference.Tagged> tags = parsed(tags(), Reference::parseTagged, FailureCode.REFERENCE_INVALID, failures);
        if (append.isEmpty() && request.remove().isEmpty() && failures.isEmpty()) {
            failures.add(invalid(FailureCode.REQUEST_INVALID, "nothing is to be appended or removed", "append"));
        }
        return failures.isEmpty()
                ? new Checked(
                        index.map(reference -> new ChangePlan(
                                reference,
                                append,
                                new IndexChange.Removal(platforms, digests),
                                order(tags),
                                asked(tags),
                                buildId + "-index")),
                        List.of())
                : new Checked(Optional.empty(), failures);
    }

    private Gate.Asked asked(List<Reference.Tagged> tags) {
        return new Gate.Asked(
                tenant, true, Optional.ofNullable(request.requester()), Optional.empty(), List.copyOf(tags));
    }

    private Optional<Signatures.Order> order(List<Reference.Tagged> tags) {
        return request.sign()
                ? Optional.of(new Signatures.Order(
                        tags.stream().map(Reference::repository).toList(), requestedAt))
                : Optional.empty();
    }

    private List<String> tags() {
        return request.tags().isEmpty() ? List.of(request.reference()) : request.tags();
    }

    private static <T> List<T> parsed(
            List<String> texts, Function<String, T> parser, FailureCode code, List<Failure> failures) {
        return texts.stream()
                .flatMap(text -> parsed(text, parser, code, failures).stream())
                .toList();
    }

    private static <T> Optional<T> parsed(
            String text, Function<String, T> parser, FailureCode code, List<Failure> failures) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            failures.add(invalid(code, String.valueOf(e.getMessage()), text));
            return Optional.empty();
        }
    }

    private static Failure invalid(FailureCode code, String message, String concerns) {
        return new Failure(code, message, concerns, false);
    }

    /** What a join would have said of the images that the new index lists, so that one way leads from here to the event. */
    ImageAssemblyReady asJoined(AssemblyOutcome.Assembled assembled) {
        return new ImageAssemblyReady(
                buildId,
                plan(assembled.index().manifest(), platforms(assembled)),
                assembled.images().stream().map(ChangeRequest::image).toList(),
                List.of(),
                List.of());
    }

    private static List<String> platforms(AssemblyOutcome.Assembled assembled) {
        return assembled.images().stream()
                .map(part -> platform(part.manifest()).name())
                .distinct()
                .toList();
    }

    private static PlatformImage image(AssemblyOutcome.Part part) {
        Platform platform = platform(part.manifest());
        return new PlatformImage(
                platform.name(), platform.osVersion(), Translation.descriptor(part.manifest()), List.of());
    }

    private static Platform platform(Descriptor image) {
        return image.optionalPlatform()
                .orElseThrow(() -> new IllegalStateException(image.digest() + " was verified without a platform"));
    }

    /** Its source is the new index, which lies in staging. */
    private BuildPlan plan(Descriptor index, List<String> platforms) {
        Source source = new Source.Artifact(null, Translation.descriptor(index), null, null);
        BuildRequested asBuild = new BuildRequested(
                source,
                "",
                null,
                platforms,
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                tags(),
                List.of(),
                List.of(),
                false,
                false,
                false,
                false,
                request.sign(),
                false,
                "",
                Map.of(),
                0,
                BuildMode.RELEASE,
                request.publishPolicy(),
                null,
                BuildRequested.DEFAULT_TIMEOUT,
                BuildRequested.DEFAULT_DEADLINE,
                request.requester());
        return new BuildPlan(asBuild, requestedAt, tenant, BUILDER, Map.of(), Map.of());
    }
}
