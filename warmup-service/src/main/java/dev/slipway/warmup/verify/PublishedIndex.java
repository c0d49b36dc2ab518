package dev.slipway.warmup.verify;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Platform;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was published, as it was read back by its digest.
 *
 * @param digest of the index, or of the only image where there is no index
 */
public record PublishedIndex(Digest digest, List<Child> children) {

    /**
     * The image of one platform.
     *
     * @param bytes of its layers, as they are moved
     */
    public record Child(Platform platform, Digest manifest, Digest config, long bytes) {}

    public PublishedIndex {
        children = List.copyOf(children);
    }

    /** The image that a node of a platform runs: the exact one, else the nearest that it can. */
    public Optional<Child> childFor(Platform node) {
        return children.stream()
                .filter(child -> node.distanceTo(child.platform()).isPresent())
                .min(Comparator.comparing(
                        child -> node.distanceTo(child.platform()).orElseThrow()));
    }

    /**
     * Whether what a runtime calls an image's id proves that a node holds this image: the digest of the index, of its
     * platform's manifest, or of that manifest's config, and nothing else. The repository before it may be any, since
     * runtimes name the one they knew first.
     *
     * @param imageId as a pod's status has it
     */
    public boolean isProvenBy(String imageId, Child child) {
        String id = digestPart(imageId);
        return id.equals(digest.value())
                || id.equals(child.manifest().value())
                || id.equals(child.config().value());
    }

    private static String digestPart(String imageId) {
        int at = imageId.lastIndexOf('@');
        String rest = at < 0 ? imageId : imageId.substring(at + 1);
        int scheme = rest.indexOf("://");
        return scheme < 0 ? rest : rest.substring(scheme + 3);
    }
}
