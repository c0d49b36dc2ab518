package dev.slipway.manifest;

import dev.slipway.manifest.children.ChildFault;
import dev.slipway.manifest.children.InParallel;
import dev.slipway.manifest.children.StagedImages;
import dev.slipway.manifest.children.VerifiedLayers;
import dev.slipway.manifest.children.VerifyChild;
import dev.slipway.manifest.children.VerifyLimits;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageIndex;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Verifies all children and writes the index over them to staging. The same plan over the same children always gives the same
 * bytes.
 */
public final class AssembleIndex {
    /** distribution-spec 1.1, "Pushing Manifests": what a registry should take at least, and many take no more. */
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private final StagedImages staged;
    private final VerifyChild verifyChild;
    private final Optional<Signatures> signatures;

    /**
     * Makes the use case.
     *
     * @param signatures empty where there is no key
     */
    public AssembleIndex(
            StagedImages staged,
            VerifiedLayers verifiedLayers,
            VerifyLimits limits,
            Optional<Signatures> signatures,
            InstantSource clock) {
        this.staged = staged;
        this.signatures = signatures;
        this.verifyChild = new VerifyChild(staged, verifiedLayers, limits, clock);
    }

    /** Throws what staging throws: whether that passes is the caller's to judge. */
    public AssemblyOutcome assemble(AssemblyPlan plan) {
        if (plan.signing().isPresent() && signatures.isEmpty()) {
            return new AssemblyOutcome.NoKey();
        }
        List<ChildFault> faults = new ArrayList<>();
        List<VerifyChild.Verdict.Sound> sound = new ArrayList<>();
        for (VerifyChild.Verdict verdict : InParallel.map(plan.children(), verifyChild::verify)) {
            switch (verdict) {
                case VerifyChild.Verdict.Sound child -> sound.add(child);
                case VerifyChild.Verdict.Faulty faulty -> faults.add(faulty.fault());
            }
        }
        faults.addAll(doubles(sound));
        return faults.isEmpty() ? write(plan, sound) : new AssemblyOutcome.Refused(faults);
    }

    private AssemblyOutcome write(AssemblyPlan plan, List<VerifyChild.Verdict.Sound> children) {
        List<Descriptor> images =
                children.stream().map(VerifyChild.Verdict.Sound::image).toList();
        List<Descriptor> entries = new ArrayList<>(images);
        children.forEach(child -> entries.addAll(child.attestations()));
        ImageIndex index = index(plan, entries);
        long bytes = index.descriptor().size();
        if (bytes > MAX_BYTES) {
            return new AssemblyOutcome.TooLarge(bytes, MAX_BYTES);
        }
        Descriptor written = staged.putIndex(index.manifest(), plan.tag());
        List<Supplier<AssemblyOutcome.Part>> parts = new ArrayList<>();
        parts.add(() -> new AssemblyOutcome.Part(written, sign(plan, written, List.of())));
        children.forEach(child -> parts.add(() -> part(plan, child)));
        List<AssemblyOutcome.Part> signed = InParallel.map(parts, Supplier::get);
        return new AssemblyOutcome.Assembled(signed.getFirst(), signed.subList(1, signed.size()));
    }

    private AssemblyOutcome.Part part(AssemblyPlan plan, VerifyChild.Verdict.Sound child) {
        List<Descriptor> artifacts = new ArrayList<>(child.child().artifacts());
        artifacts.addAll(child.attestations());
        return new AssemblyOutcome.Part(child.image(), sign(plan, child.image(), artifacts));
    }

    private List<Signatures.Attached> sign(AssemblyPlan plan, Descriptor subject, List<Descriptor> artifacts) {
        return signatures
                .flatMap(keys -> plan.signing().map(order -> keys.sign(subject, artifacts, order)))
                .orElse(List.of());
    }

    /** Clients would take the first of two, whichever that is. Windows has several by {@code os.version}. */
    private static List<ChildFault> doubles(List<VerifyChild.Verdict.Sound> children) {
        List<ChildFault> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (VerifyChild.Verdict.Sound sound : children) {
            String platform =
                    sound.image().optionalPlatform().map(Object::toString).orElse("");
            if (!seen.add(platform)) {
                faults.add(ChildFault.of(
                        sound.child(), ChildFault.Kind.SECOND, "is a second image for its platform " + platform));
            }
        }
        return faults;
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
