package dev.slipway.manifest;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Verifies all children and writes the index over them to staging. The same plan over the same children always gives the same
 * bytes.
 */
public final class AssembleIndex {
    private final StagedImages staged;
    private final VerifyChild verifyChild;

    public AssembleIndex(StagedImages staged, VerifiedLayers verifiedLayers) {
        this.staged = staged;
        this.verifyChild = new VerifyChild(staged, verifiedLayers);
    }

    /** Throws what staging throws: whether that passes is the caller's to judge. */
    public AssemblyOutcome assemble(AssemblyPlan plan) {
        List<ChildFault> faults = doubles(plan);
        List<Descriptor> entries = new ArrayList<>();
        for (VerifyChild.Verdict verdict : InParallel.map(plan.children(), verifyChild::verify)) {
            switch (verdict) {
                case VerifyChild.Verdict.Sound sound -> entries.add(sound.entry());
                case VerifyChild.Verdict.Faulty faulty -> faults.add(faulty.fault());
            }
        }
        return faults.isEmpty()
                ? new AssemblyOutcome.Assembled(
                        staged.putIndex(index(plan, entries).manifest(), plan.tag()))
                : new AssemblyOutcome.Refused(faults);
    }

    /** Clients would take the first of two, whichever that is. Windows has several by {@code os.version}. */
    private static List<ChildFault> doubles(AssemblyPlan plan) {
        List<ChildFault> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Child child : plan.children()) {
            if (!seen.add(child.platform().toString())) {
                faults.add(ChildFault.invalid(child, "is a second image for its platform"));
            }
        }
        return faults;
    }

    /** A manifest list of Docker's has no annotations, so one with annotations is an OCI index, which may hold any child. */
    private static ImageIndex index(AssemblyPlan plan, List<Descriptor> entries) {
        boolean dockers = entries.stream().allMatch(entry -> entry.mediaType().equals(MediaTypes.DOCKER_MANIFEST));
        return dockers && plan.annotations().isEmpty()
                ? ImageIndex.dockerList(entries)
                : ImageIndex.of(entries).withAnnotations(plan.annotations());
    }
}
