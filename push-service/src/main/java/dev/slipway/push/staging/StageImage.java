package dev.slipway.push.staging;

import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.MalformedDocumentException;
import dev.slipway.push.Manifests;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetRegistries;
import dev.slipway.push.TargetResult;
import dev.slipway.push.source.StagingArea;
import dev.slipway.push.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings an image by digest to every target at once, and reads it back. Nothing becomes visible, so doing it again is always
 * right; what is there already is not sent again.
 */
public final class StageImage {
    private final Manifests staging;
    private final TargetRegistries registries;
    private final TransferBlobs transfer;
    private final Attach attach;
    private final HoldManifests hold;
    private final VerifyTarget verify;
    private final Work work;

    public StageImage(StagingArea staging, TargetRegistries registries, VerifyLimits limits, Work work) {
        this.staging = staging.manifests();
        this.registries = registries;
        this.transfer = new TransferBlobs(staging, work.parallel());
        this.attach = new Attach(staging, work.parallel());
        this.hold = new HoldManifests(work.parallel());
        this.verify = new VerifyTarget(limits, work);
        this.work = work;
    }

    public StagingOutcome stage(PublishPlan plan) {
        List<Target> targets = Target.of(plan, registries, work.clock());
        Content content = work.parallel().alongside(() -> read(plan), () -> preflight(plan, targets));
        ImageContent image = content.image();
        if (image == null) {
            targets.forEach(target -> target.fail(content.reason()));
            return outcome(plan, targets);
        }
        if (!enough(plan, targets)) {
            return outcome(plan, targets);
        }
        List<Target> wanting = wanting(plan, image, targets);
        if (!wanting.isEmpty()) {
            work.parallel()
                    .together(
                            () -> work.steps()
                                    .step(
                                            "transfer blobs",
                                            names(wanting),
                                            () -> transfer.transfer(image.blobs(), wanting)),
                            () -> wanting.forEach(target -> target.attempt(() -> lookFor(image, target))));
            work.parallel().forEach(wanting, target -> finish(plan, target, image));
        }
        return outcome(plan, targets);
    }

    private record Content(
            @Nullable ImageContent image, @Nullable TargetFailure failure) {
        TargetFailure reason() {
            if (failure == null) {
                throw new IllegalStateException("the image could be read");
            }
            return failure;
        }
    }

    private Content read(PublishPlan plan) {
        try {
            return new Content(ImageContent.read(staging, plan, work.parallel()), null);
        } catch (StoreException e) {
            return new Content(null, TargetFailure.of(e));
        } catch (MalformedDocumentException e) {
            String message = "%s holds what is no image: %s".formatted(staging.location(), e.getMessage());
            return new Content(
                    null,
                    new TargetFailure(TargetFailure.Reason.VERIFICATION_FAILED, message, staging.location(), false));
        }
    }

    /** Asks each target what its tags name now, and whether the digest is there. */
    private void preflight(PublishPlan plan, List<Target> targets) {
        String digest = plan.index().digest().value();
        work.parallel()
                .forEach(
                        targets,
                        target -> target.attempt(() -> {
                            List<Runnable> questions = new ArrayList<>();
                            for (Reference.Tagged reference : target.references()) {
                                questions.add(() -> target.registry()
                                        .resolve(reference.tag())
                                        .ifPresent(descriptor -> target.found(reference, descriptor)));
                            }
                            questions.add(() ->
                                    target.registry().resolve(digest).ifPresent(descriptor -> target.foundDigest()));
                            work.parallel().forEach(questions, Runnable::run);
                        }));
    }

    /** The targets that lack something. */
    private List<Target> wanting(PublishPlan plan, ImageContent image, List<Target> targets) {
        return work
                .parallel()
                .map(targets, target -> isDone(plan, image, target) ? Optional.<Target>empty() : Optional.of(target))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private boolean isDone(PublishPlan plan, ImageContent image, Target target) {
        if (target.failed()) {
            return true;
        }
        if (target.names(plan.index().digest())
                && plan.referrers().isEmpty()
                && plan.attachments().isEmpty()) {
            return true;
        }
        return target.digestWasPresent()
                && attach.isDone(plan, target)
                && isHeld(target, image)
                && verify.isComplete(target, image);
    }

    /** One that cannot be asked is not. */
    private boolean isHeld(Target target, ImageContent image) {
        try {
            return hold.isDone(target.registry(), image);
        } catch (StoreException e) {
            return false;
        }
    }

    private void finish(PublishPlan plan, Target target, ImageContent image) {
        String name = target.repository().toString();
        target.attempt(() -> work.steps().step("write manifests", name, () -> {
            image.levels().forEach(level -> putMissing(target, level));
            if (!target.digestWasPresent()) {
                target.registry().putManifest(image.index());
            }
            image.referrers().forEach(target.registry()::putManifest);
        }));
        target.attempt(() -> attach.attach(plan, target));
        target.attempt(() -> hold.hold(target.registry(), image));
        target.attempt(() -> work.steps()
                .step("verify target", name, () -> verify.verify(target, image).ifPresent(target::fail)));
    }

    private static String names(List<Target> targets) {
        return targets.stream().map(target -> target.repository().toString()).collect(Collectors.joining(" "));
    }

    /** Asks which manifests below the index are there, so that nothing but a wait for blobs comes before writing the others. */
    private void lookFor(ImageContent image, Target target) {
        List<Manifest> manifests = image.levels().stream().flatMap(List::stream).toList();
        work.parallel()
                .forEach(
                        manifests,
                        manifest -> target.registry()
                                .resolve(manifest.digest().value())
                                .ifPresent(descriptor -> target.hasManifest(manifest.digest())));
    }

    private void putMissing(Target target, List<Manifest> manifests) {
        List<Manifest> missing = manifests.stream()
                .filter(manifest -> !target.knownToHaveManifest(manifest.digest()))
                .toList();
        work.parallel().forEach(missing, target.registry()::putManifest);
    }

    private static boolean enough(PublishPlan plan, List<Target> targets) {
        long alive = targets.stream()
                .filter(target -> !target.failed())
                .mapToLong(target -> target.references().size())
                .sum();
        return alive >= plan.required();
    }

    private static StagingOutcome outcome(PublishPlan plan, List<Target> targets) {
        if (enough(plan, targets)) {
            List<StagedTarget> staged = targets.stream()
                    .filter(target -> !target.failed())
                    .flatMap(target -> target.staged().stream())
                    .toList();
            List<TargetResult> leftOut = targets.stream()
                    .filter(Target::failed)
                    .flatMap(target -> target.untouched().stream())
                    .toList();
            return new StagingOutcome.Staged(staged, leftOut);
        }
        return new StagingOutcome.NotStaged(new PublishOutcome.Failed(
                targets.stream()
                        .flatMap(target -> target.failure().stream())
                        .distinct()
                        .toList(),
                targets.stream().flatMap(target -> target.untouched().stream()).toList()));
    }
}
