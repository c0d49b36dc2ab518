package dev.slipway.oci.image;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Extends and reduces indexes: one image for each platform, attestations after all images and never without theirs. */
public final class IndexChange {
    private IndexChange() {}

    /**
     * What goes.
     *
     * @param platforms one without {@code os.version} means every version
     * @param digests of images
     */
    public record Removal(List<Platform> platforms, List<Digest> digests) {
        public static final Removal NOTHING = new Removal(List.of(), List.of());

        public Removal {
            platforms = List.copyOf(platforms);
            digests = List.copyOf(digests);
        }

        /** The images of an index that go. */
        private List<Descriptor> of(ImageIndex index) {
            List<Descriptor> gone = new ArrayList<>();
            platforms.forEach(platform -> gone.addAll(those(
                    index,
                    platform,
                    image -> image.optionalPlatform()
                            .filter(has -> matches(platform, has))
                            .isPresent())));
            digests.forEach(digest ->
                    gone.addAll(those(index, digest, image -> image.digest().equals(digest))));
            return gone;
        }

        private static List<Descriptor> those(ImageIndex index, Object what, Predicate<Descriptor> wanted) {
            List<Descriptor> found = index.images().stream().filter(wanted).toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("there is no image for %s, only for %s"
                        .formatted(
                                what,
                                index.images().stream()
                                        .flatMap(image -> image.optionalPlatform().stream())
                                        .toList()));
            }
            return found;
        }
    }

    /**
     * The index with more images.
     *
     * @param images each with its platform, in the order in which they shall follow
     * @param attestations of these images
     * @throws IllegalArgumentException where one has no platform, or one that another image has
     */
    public static ImageIndex append(ImageIndex index, List<Descriptor> images, List<Descriptor> attestations) {
        return change(index, Removal.NOTHING, images, attestations);
    }

    /**
     * The index without the images of some platforms and what it attests about them.
     *
     * @param platforms one without {@code os.version} means every version
     * @throws IllegalArgumentException where there is no image for one, or none would be left
     */
    public static ImageIndex remove(ImageIndex index, List<Platform> platforms) {
        return change(index, new Removal(platforms, List.of()), List.of(), List.of());
    }

    /**
     * The index without some images and with others: who goes makes room for who comes.
     *
     * @param images each with its platform, in the order in which they shall follow
     * @param attestations of these images
     * @throws IllegalArgumentException where there is nothing to remove, a platform would be there twice, or no image at all
     */
    public static ImageIndex change(
            ImageIndex index, Removal removal, List<Descriptor> images, List<Descriptor> attestations) {
        List<Descriptor> left = new ArrayList<>(index.manifests());
        for (Descriptor gone : removal.of(index)) {
            left.remove(gone);
            left.removeAll(index.attestationsOf(gone.digest()));
        }
        List<Descriptor> all = new ArrayList<>(index.images());
        all.retainAll(left);
        left.removeAll(all);
        images.forEach(image -> add(image, all));
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no image would be left");
        }
        all.addAll(left);
        all.addAll(attestations);
        return with(index, all);
    }

    private static void add(Descriptor image, List<Descriptor> images) {
        Platform platform = image.optionalPlatform()
                .orElseThrow(() -> new IllegalArgumentException("%s has no platform".formatted(image.digest())));
        images.stream().filter(other -> sameName(other, platform)).findFirst().ifPresent(other -> {
            throw new IllegalArgumentException(
                    "there is an image for %s already: %s".formatted(platform, other.digest()));
        });
        images.add(image);
    }

    private static boolean matches(Platform wanted, Platform has) {
        return wanted.name().equals(has.name())
                && (wanted.osVersion() == null || Objects.equals(wanted.osVersion(), has.osVersion()));
    }

    private static boolean sameName(Descriptor other, Platform platform) {
        return other.optionalPlatform()
                .filter(has -> has.toString().equals(platform.toString()))
                .isPresent();
    }

    /** A manifest list of Docker's that is to hold others' images becomes an index. */
    private static ImageIndex with(ImageIndex index, List<Descriptor> entries) {
        boolean foreign = index.mediaType().equals(MediaTypes.DOCKER_MANIFEST_LIST)
                && entries.stream().anyMatch(entry -> !entry.mediaType().equals(MediaTypes.DOCKER_MANIFEST));
        return foreign ? ImageIndex.of(entries).withAnnotations(index.annotations()) : index.withManifests(entries);
    }
}
