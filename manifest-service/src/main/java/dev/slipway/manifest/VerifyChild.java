package dev.slipway.manifest;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Looks whether a child is all there and is what it is said to be, down to the presence of every layer. */
final class VerifyChild {
    private static final long MAX_CONFIG_BYTES = 8L * 1024 * 1024;

    /** Either the entry of the index, whose platform is the config's own, or what is wrong. */
    sealed interface Verdict {
        record Sound(Descriptor entry) implements Verdict {}

        record Faulty(ChildFault fault) implements Verdict {}
    }

    private final StagedImages staged;
    private final VerifiedLayers verifiedLayers;

    VerifyChild(StagedImages staged, VerifiedLayers verifiedLayers) {
        this.staged = staged;
        this.verifiedLayers = verifiedLayers;
    }

    Verdict verify(Child child) {
        Optional<Manifest> found = staged.manifest(child.manifest().digest());
        if (found.isEmpty()) {
            return new Verdict.Faulty(ChildFault.missing(child, staged.location()));
        }
        try {
            return verify(child, found.get());
        } catch (MalformedDocumentException e) {
            return invalid(child, "is malformed: " + e.getMessage());
        }
    }

    private Verdict verify(Child child, Manifest found) {
        Descriptor said = child.manifest();
        if (!found.mediaType().equals(said.mediaType())) {
            return invalid(child, "is a %s and was announced as %s".formatted(found.mediaType(), said.mediaType()));
        }
        if (found.descriptor().size() != said.size()) {
            return invalid(
                    child,
                    "has %d bytes and was announced with %d"
                            .formatted(found.descriptor().size(), said.size()));
        }
        ImageManifest image = ImageManifest.of(found);
        if (image.config().size() > MAX_CONFIG_BYTES) {
            return invalid(
                    child,
                    "has a config of %d bytes; at most %d are taken"
                            .formatted(image.config().size(), MAX_CONFIG_BYTES));
        }
        Optional<byte[]> config = staged.config(image.config());
        if (config.isEmpty()) {
            return invalid(
                    child,
                    "lacks its config: %s is not in %s".formatted(image.config().digest(), staged.location()));
        }
        return verify(child, image, ImageConfig.parse(config.get()));
    }

    private Verdict verify(Child child, ImageManifest image, ImageConfig config) {
        if (!agree(child.platform(), config.platform())) {
            return invalid(child, "was built for %s, says its config".formatted(config.platform()));
        }
        if (config.diffIds().size() != image.layers().size()) {
            return invalid(
                    child,
                    "has %d layers and %d diff ids"
                            .formatted(image.layers().size(), config.diffIds().size()));
        }
        List<Digest> absent = absent(image.layers());
        if (!absent.isEmpty()) {
            return invalid(child, "lacks layers: %s not in %s".formatted(absent, staged.location()));
        }
        Descriptor entry = Descriptor.of(
                        child.manifest().mediaType(),
                        child.manifest().digest(),
                        child.manifest().size())
                .withPlatform(config.platform());
        return new Verdict.Sound(entry);
    }

    private static boolean agree(Platform wanted, Platform has) {
        return wanted.name().equals(has.name())
                && (wanted.osVersion() == null || Objects.equals(wanted.osVersion(), has.osVersion()));
    }

    private List<Digest> absent(List<Descriptor> layers) {
        List<Digest> unknown = layers.stream()
                .filter(layer -> !mayBeElsewhere(layer))
                .map(Descriptor::digest)
                .distinct()
                .filter(digest -> !verifiedLayers.contains(digest))
                .toList();
        List<Boolean> present = InParallel.map(unknown, this::isThere);
        return unknown.stream()
                .filter(digest -> !present.get(unknown.indexOf(digest)))
                .toList();
    }

    private boolean isThere(Digest layer) {
        boolean there = staged.hasLayer(layer);
        if (there) {
            verifiedLayers.add(layer);
        }
        return there;
    }

    /** image-spec 1.1, "Non-Distributable Layers", and Docker's foreign ones: they name where they are. */
    private static boolean mayBeElsewhere(Descriptor layer) {
        return layer.mediaType().contains(".nondistributable.")
                || layer.mediaType().contains(".foreign.");
    }

    private static Verdict invalid(Child child, String clause) {
        return new Verdict.Faulty(ChildFault.invalid(child, clause));
    }
}
