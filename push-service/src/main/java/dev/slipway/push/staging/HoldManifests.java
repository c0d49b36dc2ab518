package dev.slipway.push.staging;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.push.TargetRegistry;
import dev.slipway.push.work.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives tags to what is staged on registries that collect manifests which no tag names. The tags follow from the digests and stay:
 * children and referrers need them for as long as the image is wanted, and so does an image that a tag may be rolled back to.
 */
final class HoldManifests {
    private static final String PREFIX = "slipway-hold-";

    private final Parallel parallel;

    HoldManifests(Parallel parallel) {
        this.parallel = parallel;
    }

    static String tag(Digest digest) {
        return PREFIX + digest.algorithm() + "-" + digest.hex();
    }

    /** Whether nothing has to be held. The index is held last, so where it is, all is. */
    boolean isDone(TargetRegistry registry, ImageContent image) {
        return !registry.collectsUntagged() || isHeld(registry, image.index());
    }

    void hold(TargetRegistry registry, ImageContent image) {
        if (isDone(registry, image)) {
            return;
        }
        List<Manifest> below = new ArrayList<>(image.children());
        below.addAll(image.referrers());
        parallel.forEach(below, manifest -> hold(registry, manifest));
        hold(registry, image.index());
    }

    /** Looks first: where tags are immutable, the same one cannot be written twice. */
    private static void hold(TargetRegistry registry, Manifest manifest) {
        if (!isHeld(registry, manifest)) {
            registry.tag(manifest, tag(manifest.digest()));
        }
    }

    private static boolean isHeld(TargetRegistry registry, Manifest manifest) {
        return registry.resolve(tag(manifest.digest())).map(Descriptor::digest).equals(Optional.of(manifest.digest()));
    }
}
