package dev.slipway.manifest;

import dev.slipway.manifest.children.StagedImages;
import dev.slipway.manifest.children.VerifiedLayers;
import dev.slipway.manifest.children.VerifyChild;
import dev.slipway.manifest.children.VerifyChildren;
import dev.slipway.manifest.children.VerifyLimits;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageIndex;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies all children and writes the index over them to staging. The same plan over the same children always gives the same
 * bytes.
 */
public final class AssembleIndex {
    private final VerifyChildren verifyChildren;
    private final WriteIndex writeIndex;

    public AssembleIndex(
            StagedImages staged,
            VerifiedLayers verifiedLayers,
            VerifyLimits limits,
            Optional<Signatures> signatures,
            InstantSource clock) {
        this(
                new VerifyChildren(staged, verifiedLayers, limits, clock),
                new WriteIndex(staged, signatures, Optional.empty()));
    }

    public AssembleIndex(VerifyChildren verifyChildren, WriteIndex writeIndex) {
        this.verifyChildren = verifyChildren;
        this.writeIndex = writeIndex;
    }

    /** Throws what staging throws: whether that passes is the caller's to judge. */
    public AssemblyOutcome assemble(AssemblyPlan plan) {
        if (!writeIndex.canSign(plan.signing())) {
            return new AssemblyOutcome.NoKey();
        }
        VerifyChildren.Verified verified = verifyChildren.verify(plan.children());
        return verified.faults().isEmpty()
                ? write(plan, verified.sound())
                : new AssemblyOutcome.Refused(verified.faults());
    }

    private AssemblyOutcome write(AssemblyPlan plan, List<VerifyChild.Verdict.Sound> children) {
        List<Descriptor> entries = new ArrayList<>(
                children.stream().map(VerifyChild.Verdict.Sound::image).toList());
        children.forEach(child -> entries.addAll(child.attestations()));
        return writeIndex.write(
                index(plan, entries),
                plan.tag(),
                children.stream().map(AssembleIndex::listed).toList(),
                plan.signing(),
                plan.asked());
    }

    private static WriteIndex.Listed listed(VerifyChild.Verdict.Sound child) {
        List<Descriptor> artifacts = new ArrayList<>(child.child().artifacts());
        artifacts.addAll(child.attestations());
        return new WriteIndex.Listed(child.image(), artifacts, List.of());
    }

    /** A manifest list of Docker's has no annotations, so one with annotations is an OCI index, which may hold any child. */
    private static ImageIndex index(AssemblyPlan plan, List<Descriptor> entries) {
        boolean dockers = entries.stream()
                .allMatch(entry -> entry.mediaType().equals(MediaTypes.DOCKER_MANIFEST)
                        && entry.annotations().isEmpty());
        return dockers && plan.annotations().isEmpty()
                ? ImageIndex.dockerList(entries)
                : ImageIndex.of(entries).withAnnotations(plan.annotations());
    }
}
