package dev.slipway.oci.image;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Extends and reduces indexes: one image for each platform, attestations after all images and never without theirs. */
public final class IndexChange {
    private IndexChange() {}

    /**
     * The index with more images.
     *
     * @param images each with its platform, in the order in which they shall follow
     * @param attestations of these images
     * @throws IllegalArgumentException where one has no platform, or one that another image has
     */
    public static ImageIndex append(ImageIndex index, List<Descriptor> images, List<Descriptor> attestations) {
        List<Descriptor> all = new ArrayList<>(index.images());
        for (Descriptor image : images) {
            Platform platform = image.optionalPlatform()
                    .orElseThrow(() -> new IllegalArgumentException("%s has no platform".formatted(image.digest())));
            all.stream().filter(other -> sameName(other, platform)).findFirst().ifPresent(other -> {
                throw new IllegalArgumentException(
                        "there is an image for %s already: %s".formatted(platform, other.digest()));
            });
            all.add(image);
        }
        index.manifests().stream()
                .filter(entry -> !index.images().contains(entry))
                .forEach(all::add);
        all.addAll(attestations);
        return with(index, all);
    }

    /**
     * The index without the images of some platforms and what it attests about them.
     *
     * @param platforms one without {@code os.version} means every version
     * @throws IllegalArgumentException where there is no image for one, or none would be left
     */
    public static ImageIndex remove(ImageIndex index, List<Platform> platforms) {
        List<Descriptor> left = new ArrayList<>(index.manifests());
        for (Platform platform : platforms) {
            List<Descriptor> gone = index.images().stream()
                    .filter(image -> image.optionalPlatform()
                            .filter(has -> matches(platform, has))
                            .isPresent())
                    .toList();
            if (gone.isEmpty()) {
                throw new IllegalArgumentException("there is no image for %s, only for %s"
                        .formatted(
                                platform,
                                index.images().stream()
                                        .flatMap(image -> image.optionalPlatform().stream())
                                        .toList()));
            }
            left.removeAll(gone);
            gone.forEach(image -> left.removeAll(index.attestationsOf(image.digest())));
        }
        ImageIndex reduced = with(index, left);
        if (reduced.images().isEmpty()) {
            throw new IllegalArgumentException("no image would be left");
        }
        return reduced;
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
