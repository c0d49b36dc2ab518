package dev.slipway.manifest.children;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks whether children are all there, are what they are said to be, and are one for each platform. */
public final class VerifyChildren {
    private final VerifyChild verifyChild;

    public VerifyChildren(
            StagedImages staged, VerifiedLayers verifiedLayers, VerifyLimits limits, InstantSource clock) {
        this.verifyChild = new VerifyChild(staged, verifiedLayers, limits, clock);
    }

    /**
     * What was found.
     *
     * @param sound in the order asked
     * @param faults of all children; where there are none, all are sound
     */
    public record Verified(List<VerifyChild.Verdict.Sound> sound, List<ChildFault> faults) {
        public Verified {
            sound = List.copyOf(sound);
            faults = List.copyOf(faults);
        }
    }

    /** Throws what staging throws: whether that passes is the caller's to judge. */
    public Verified verify(List<Child> children) {
        List<ChildFault> faults = new ArrayList<>();
        List<VerifyChild.Verdict.Sound> sound = new ArrayList<>();
        for (VerifyChild.Verdict verdict : InParallel.map(children, verifyChild::verify)) {
            switch (verdict) {
                case VerifyChild.Verdict.Sound child -> sound.add(child);
                case VerifyChild.Verdict.Faulty faulty -> faults.add(faulty.fault());
            }
        }
        faults.addAll(doubles(sound));
        return new Verified(sound, faults);
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
}
