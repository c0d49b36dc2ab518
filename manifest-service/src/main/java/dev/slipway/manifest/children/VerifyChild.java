package dev.slipway.manifest.children;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** Looks whether a child is all there and is what it is said to be, down to the presence of every layer. */
public final class VerifyChild {
    private static final long MAX_CONFIG_BYTES = 8L * 1024 * 1024;

    /** Either what comes into the index, or what is wrong. */
    public sealed interface Verdict {

        /**
         * All is well.
         *
         * @param image with the platform of its config
         * @param attestations that belong to the image and come after all images
         */
        record Sound(Child child, Descriptor image, List<Descriptor> attestations) implements Verdict {}

        record Faulty(ChildFault fault) implements Verdict {}
    }

    private final StagedImages staged;
    private final FetchStaged fetch;
    private final VerifiedLayers verifiedLayers;

    public VerifyChild(StagedImages staged, VerifiedLayers verifiedLayers, VerifyLimits limits, InstantSource clock) {
        this.staged = staged;
        this.fetch = new FetchStaged(staged, limits, clock);
        this.verifiedLayers = verifiedLayers;
    }

    /** Throws what staging throws: whether that passes is the caller's to judge. */
    public Verdict verify(Child child) {
        try {
            return sound(child);
        } catch (UnfitChildException e) {
            return new Verdict.Faulty(e.fault());
        } catch (MalformedDocumentException e) {
            return new Verdict.Faulty(
                    ChildFault.of(child, ChildFault.Kind.MALFORMED, "is malformed: " + e.getMessage()));
        }
    }

    private Verdict sound(Child child) {
        Manifest found = fetch.manifest(child, child.manifest(), "manifest");
        if (!MediaTypes.isIndex(found.mediaType())) {
            return new Verdict.Sound(child, image(child, child.manifest(), ImageManifest.of(found)), List.of());
        }
        UnfoldedChild unfolded = UnfoldedChild.of(child, ImageIndex.of(found));
        Manifest image = fetch.manifest(child, unfolded.image(), "image");
        Descriptor entry = image(child, unfolded.image(), ImageManifest.of(image));
        InParallel.map(unfolded.attestations(), attestation -> attestation(child, attestation));
        return new Verdict.Sound(child, entry, unfolded.attestations());
    }

    private Descriptor image(Child child, Descriptor said, ImageManifest image) {
        ImageConfig config = InParallel.with(() -> fitting(child, image), () -> requireLayers(child, image.layers()));
        return Descriptor.of(said.mediaType(), said.digest(), said.size()).withPlatform(config.platform());
    }

    private ImageConfig fitting(Child child, ImageManifest image) {
        ImageConfig config = config(child, image.config());
        if (!agree(child.platform(), config.platform())) {
            throw unfit(
                    child, ChildFault.Kind.PLATFORM, "was built for %s, says its config".formatted(config.platform()));
        }
        if (config.diffIds().size() != image.layers().size()) {
            throw unfit(
                    child,
                    ChildFault.Kind.DIFF_IDS,
                    "has %d layers and %d diff ids"
                            .formatted(image.layers().size(), config.diffIds().size()));
        }
        return config;
    }

    private ImageConfig config(Child child, Descriptor config) {
        if (config.size() > MAX_CONFIG_BYTES) {
            throw unfit(
                    child,
                    ChildFault.Kind.CONFIG,
                    "has a config of %d bytes; at most %d are taken".formatted(config.size(), MAX_CONFIG_BYTES));
        }
        byte[] bytes = fetch.config(child, config)
                .orElseThrow(() -> unfit(
                        child,
                        ChildFault.Kind.CONFIG,
                        "lacks its config: %s is not in %s".formatted(config.digest(), staged.location())));
        try {
            return ImageConfig.parse(bytes);
        } catch (MalformedDocumentException e) {
            throw unfit(child, ChildFault.Kind.CONFIG, "has a malformed config: " + e.getMessage());
        }
    }

    private Manifest attestation(Child child, Descriptor said) {
        Manifest found = fetch.manifest(child, said, "attestation");
        requireLayers(child, ImageManifest.of(found).layers());
        return found;
    }

    private static boolean agree(Platform wanted, Platform has) {
        return wanted.name().equals(has.name())
                && (wanted.osVersion() == null || Objects.equals(wanted.osVersion(), has.osVersion()));
    }

    private void requireLayers(Child child, List<Descriptor> layers) {
        List<Digest> unknown = layers.stream()
                .filter(layer -> !mayBeElsewhere(layer))
                .map(Descriptor::digest)
                .distinct()
                .filter(digest -> !verifiedLayers.contains(digest))
                .toList();
        List<Boolean> present = InParallel.map(unknown, this::isThere);
        List<Digest> absent = unknown.stream()
                .filter(digest -> !present.get(unknown.indexOf(digest)))
                .toList();
        if (!absent.isEmpty()) {
            throw unfit(
                    child,
                    ChildFault.Kind.LAYER_MISSING,
                    "lacks layers: %s not in %s".formatted(absent, staged.location()));
        }
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

    private static UnfitChildException unfit(Child child, ChildFault.Kind kind, String clause) {
        return UnfitChildException.of(child, kind, clause);
    }
}
