package dev.slipway.manifest.change;

import dev.slipway.manifest.AssemblyOutcome;
import dev.slipway.manifest.AssemblyOutcome.Unchangeable;
import dev.slipway.manifest.Signatures;
import dev.slipway.manifest.WriteIndex;
import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.children.InParallel;
import dev.slipway.manifest.children.VerifyChildren;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.copy.TakeImages;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.IndexChange;
import dev.slipway.oci.image.MalformedDocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Extends or reduces an index: what it will list is taken to staging, verified as after a build, and the new index is written
 * beside it. Where that was done before, the index is the one that was written then, whatever the tags name by now.
 */
public final class ChangeIndex {
    private final Function<RepositoryName, ContentStore> repositories;
    private final ContentStore staging;
    private final VerifyChildren verifyChildren;
    private final WriteIndex writeIndex;

    public ChangeIndex(
            Function<RepositoryName, ContentStore> repositories,
            ContentStore staging,
            VerifyChildren verifyChildren,
            WriteIndex writeIndex) {
        this.repositories = repositories;
        this.staging = staging;
        this.verifyChildren = verifyChildren;
        this.writeIndex = writeIndex;
    }

    /** Throws what registries throw: whether that passes is the caller's to judge. */
    public AssemblyOutcome change(ChangePlan plan) {
        if (!writeIndex.canSign(plan.signing())) {
            return new AssemblyOutcome.NoKey();
        }
        try {
            ImageIndex index = staging.manifest(plan.tag()).map(ImageIndex::of).orElseGet(() -> changed(plan));
            return finish(plan, index);
        } catch (UnchangeableException e) {
            return e.outcome();
        }
    }

    private ImageIndex changed(ChangePlan plan) {
        ImageIndex index = read(plan.index());
        List<Descriptor> images = new ArrayList<>();
        List<Descriptor> attestations = new ArrayList<>();
        for (TakeImages.Taken taken : InParallel.map(plan.append(), this::take)) {
            images.addAll(taken.images());
            attestations.addAll(taken.attestations());
        }
        try {
            return IndexChange.change(index, plan.remove(), images, attestations);
        } catch (IllegalArgumentException e) {
            throw new UnchangeableException(Unchangeable.Reason.CONTRADICTION, plan.index(), e);
        }
    }

    private ImageIndex read(Reference reference) {
        ContentStore repository = repositories.apply(reference.repository());
        Manifest manifest = repository
                .manifest(reference.identifier())
                .orElseThrow(() -> new UnchangeableException(
                        Unchangeable.Reason.NOT_FOUND,
                        reference,
                        "%s does not have '%s'".formatted(repository.location(), reference.identifier())));
        if (!MediaTypes.isIndex(manifest.mediaType())) {
            throw new UnchangeableException(
                    Unchangeable.Reason.NO_INDEX,
                    reference,
                    "%s is no index but a %s".formatted(reference, manifest.mediaType()));
        }
        try {
            return ImageIndex.of(manifest);
        } catch (MalformedDocumentException e) {
            throw new UnchangeableException(Unchangeable.Reason.MALFORMED, reference, e);
        }
    }

    private TakeImages.Taken take(Reference reference) {
        RepositoryName name = reference.repository();
        try {
            return new TakeImages(repositories.apply(name), name, staging).take(reference.identifier());
        } catch (StoreException e) {
            throw UnchangeableException.orItself(reference, e);
        } catch (MalformedDocumentException e) {
            throw new UnchangeableException(Unchangeable.Reason.MALFORMED, reference, e);
        }
    }

    private AssemblyOutcome finish(ChangePlan plan, ImageIndex index) {
        Sources sources = new Sources(plan.index(), plan.repositories(), repositories, staging);
        InParallel.map(index.manifests(), sources::bring);
        List<Child> children =
                index.images().stream().flatMap(entry -> child(entry).stream()).toList();
        VerifyChildren.Verified verified = verifyChildren.verify(children);
        if (!verified.faults().isEmpty()) {
            return new AssemblyOutcome.Refused(verified.faults());
        }
        List<List<Signatures.Attached>> carried = InParallel.map(
                children, child -> sources.attachedTo(child.manifest().digest()));
        List<WriteIndex.Listed> listed = new ArrayList<>();
        for (Child child : children) {
            listed.add(new WriteIndex.Listed(
                    child.manifest(),
                    index.attestationsOf(child.manifest().digest()),
                    carried.get(listed.size()).stream()
                            .map(Signatures.Attached::manifest)
                            .toList()));
        }
        AssemblyOutcome outcome = writeIndex.write(index, plan.tag(), listed, plan.signing(), plan.asked());
        return outcome instanceof AssemblyOutcome.Assembled assembled ? with(carried, assembled) : outcome;
    }

    /** Artifacts without a platform are no images, and stay in the index as they are. */
    private static Optional<Child> child(Descriptor entry) {
        return entry.optionalPlatform().map(platform -> new Child(platform, entry, List.of()));
    }

    private AssemblyOutcome.Assembled with(
            List<List<Signatures.Attached>> carried, AssemblyOutcome.Assembled assembled) {
        Attachments attachments = new Attachments(staging);
        List<AssemblyOutcome.Part> images = new ArrayList<>();
        for (AssemblyOutcome.Part part : assembled.images()) {
            images.add(new AssemblyOutcome.Part(
                    part.manifest(), attachments.union(carried.get(images.size()), part.attached())));
        }
        return new AssemblyOutcome.Assembled(assembled.index(), images, assembled.decision());
    }
}
