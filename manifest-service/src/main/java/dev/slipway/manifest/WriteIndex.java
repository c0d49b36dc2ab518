package dev.slipway.manifest;

import dev.slipway.manifest.children.StagedImages;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.image.ImageIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes an index to staging, and signs it and its images where that is wanted. The last step of every way to an index. */
public final class WriteIndex {
    /** distribution-spec 1.1, "Pushing Manifests": what a registry should take at least, and many take no more. */
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private final StagedImages staged;
    private final Optional<Signatures> signatures;
    private final Optional<Gate> gate;

    /**
     * Makes the step.
     *
     * @param signatures empty where there is no key
     * @param gate empty where all that is sound may pass
     */
    public WriteIndex(StagedImages staged, Optional<Signatures> signatures, Optional<Gate> gate) {
        this.staged = staged;
        this.signatures = signatures;
        this.gate = gate;
    }

    /**
     * An image that the index lists.
     *
     * @param artifacts SBOMs and statements about it, to be signed
     * @param others that go with it, and stay as they are
     */
    public record Listed(Descriptor image, List<Descriptor> artifacts, List<Descriptor> others) {
        public Listed {
            artifacts = List.copyOf(artifacts);
            others = List.copyOf(others);
        }

        private Gate.Candidate candidate() {
            return new Gate.Candidate(
                    image, Stream.concat(artifacts.stream(), others.stream()).toList());
        }
    }

    /** Whether signatures that are wanted could be made: to be asked before any work. */
    public boolean canSign(Optional<Signatures.Order> signing) {
        return signing.isEmpty() || signatures.isPresent();
    }

    /** Throws what staging throws: whether that passes is the caller's to judge. */
    public AssemblyOutcome write(
            ImageIndex index, String tag, List<Listed> images, Optional<Signatures.Order> signing, Gate.Asked asked) {
        long bytes = index.descriptor().size();
        if (bytes > MAX_BYTES) {
            return new AssemblyOutcome.TooLarge(bytes, MAX_BYTES);
        }
        Optional<Gate.Decision> decision = gate.map(policies -> policies.decide(
                index.manifest(), images.stream().map(Listed::candidate).toList(), asked));
        if (decision.filter(Gate.Decision::denies).isPresent()) {
            return new AssemblyOutcome.Denied(decision.get());
        }
        Descriptor written = staged.putIndex(index.manifest(), tag);
        List<Signatures.Subject> parts = new ArrayList<>();
        parts.add(new Signatures.Subject(written, List.of()));
        images.forEach(image -> parts.add(new Signatures.Subject(image.image(), image.artifacts())));
        List<AssemblyOutcome.Part> signed = signed(parts, signing);
        return new AssemblyOutcome.Assembled(signed.getFirst(), signed.subList(1, signed.size()), decision);
    }

    private List<AssemblyOutcome.Part> signed(List<Signatures.Subject> parts, Optional<Signatures.Order> signing) {
        Optional<List<List<Signatures.Attached>>> attached =
                signatures.flatMap(keys -> signing.map(order -> keys.sign(parts, order)));
        return IntStream.range(0, parts.size())
                .mapToObj(i -> new AssemblyOutcome.Part(
                        parts.get(i).manifest(), attached.map(all -> all.get(i)).orElse(List.of())))
                .toList();
    }
}
