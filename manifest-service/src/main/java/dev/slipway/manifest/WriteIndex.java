package dev.slipway.manifest;

import dev.slipway.manifest.children.InParallel;
import dev.slipway.manifest.children.StagedImages;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.image.ImageIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes an index to staging, and signs it and its images where that is wanted. The last step of every way to an index. */
public final class WriteIndex {
    /** distribution-spec 1.1, "Pushing Manifests": what a registry should take at least, and many take no more. */
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private final StagedImages staged;
    private final Optional<Signatures> signatures;

    /**
     * Makes the step.
     *
     * @param signatures empty where there is no key
     */
    public WriteIndex(StagedImages staged, Optional<Signatures> signatures) {
        this.staged = staged;
        this.signatures = signatures;
    }

    /**
     * An image that the index lists.
     *
     * @param artifacts SBOMs and statements about it
     */
    public record Listed(Descriptor image, List<Descriptor> artifacts) {
        public Listed {
            artifacts = List.copyOf(artifacts);
        }
    }

    /** Whether signatures that are wanted could be made: to be asked before any work. */
    public boolean canSign(Optional<Signatures.Order> signing) {
        return signing.isEmpty() || signatures.isPresent();
    }

    /** Throws what staging throws: whether that passes is the caller's to judge. */
    public AssemblyOutcome write(
            ImageIndex index, String tag, List<Listed> images, Optional<Signatures.Order> signing) {
        long bytes = index.descriptor().size();
        if (bytes > MAX_BYTES) {
            return new AssemblyOutcome.TooLarge(bytes, MAX_BYTES);
        }
        Descriptor written = staged.putIndex(index.manifest(), tag);
        List<Supplier<AssemblyOutcome.Part>> parts = new ArrayList<>();
        parts.add(() -> part(new Listed(written, List.of()), signing));
        images.forEach(image -> parts.add(() -> part(image, signing)));
        List<AssemblyOutcome.Part> signed = InParallel.map(parts, Supplier::get);
        return new AssemblyOutcome.Assembled(signed.getFirst(), signed.subList(1, signed.size()));
    }

    private AssemblyOutcome.Part part(Listed listed, Optional<Signatures.Order> signing) {
        return new AssemblyOutcome.Part(
                listed.image(),
                signatures
                        .flatMap(keys -> signing.map(order -> keys.sign(listed.image(), listed.artifacts(), order)))
                        .orElse(List.of()));
    }
}
