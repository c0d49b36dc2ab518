package dev.slipway.push.source;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.MalformedDocumentException;
import dev.slipway.push.TargetFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds an image that shall be copied, whole or for some platforms: then it is an index of its own, with another digest. */
public final class FindCopy {
    private final ImageSources sources;
    private final FindAttachments findAttachments;

    public FindCopy(ImageSources sources, FindAttachments findAttachments) {
        this.sources = sources;
        this.findAttachments = findAttachments;
    }

    /** What came of the search. */
    public sealed interface Result {
        /**
         * It is there.
         *
         * @param images of the index by platform; empty where the image is a single one
         * @param beside what travels with it
         */
        record Found(StagingArea source, Descriptor image, List<Descriptor> images, FindAttachments.Beside beside)
                implements Result {
            public Found {
                images = List.copyOf(images);
            }
        }

        record Refused(TargetFailure why) implements Result {}
    }

    /**
     * Looks for it, once: where its tag goes afterwards makes no difference.
     *
     * @param platforms none for all
     */
    public Result find(Reference reference, List<Platform> platforms) {
        StagingArea source = sources.of(reference.repository());
        try {
            Optional<Manifest> there = source.store().manifest(reference.identifier());
            return there.map(manifest -> found(reference, source, manifest, platforms))
                    .orElseGet(() -> refused(reference, "%s is not there".formatted(reference)));
        } catch (StoreException e) {
            return new Result.Refused(TargetFailure.of(e));
        } catch (MalformedDocumentException e) {
            return refused(reference, "%s is no image: %s".formatted(reference, e.getMessage()));
        }
    }

    private Result found(Reference reference, StagingArea source, Manifest manifest, List<Platform> platforms) {
        if (!MediaTypes.isIndex(manifest.mediaType())) {
            return platforms.isEmpty()
                    ? new Result.Found(
                            source,
                            manifest.descriptor(),
                            List.of(),
                            findAttachments.find(source, manifest.descriptor()))
                    : refused(
                            reference, "%s is a single image, so no platform of it can be chosen".formatted(reference));
        }
        ImageIndex index = ImageIndex.of(manifest);
        if (platforms.isEmpty()) {
            return new Result.Found(
                    source, manifest.descriptor(), index.images(), findAttachments.find(source, manifest.descriptor()));
        }
        return some(reference, source, index, platforms);
    }

    private Result some(Reference reference, StagingArea source, ImageIndex index, List<Platform> platforms) {
        List<Platform> missing = platforms.stream()
                .filter(platform -> index.images().stream().noneMatch(image -> is(image, platform)))
                .toList();
        if (!missing.isEmpty()) {
            return refused(
                    reference,
                    "%s has no image for %s; it has %s"
                            .formatted(
                                    reference,
                                    names(missing.stream()),
                                    names(index.images().stream()
                                            .flatMap(image -> image.optionalPlatform().stream()))));
        }
        List<Descriptor> images = index.images().stream()
                .filter(image -> platforms.stream().anyMatch(platform -> is(image, platform)))
                .toList();
        List<Descriptor> entries = images.stream()
                .flatMap(image -> Stream.concat(Stream.of(image), index.attestationsOf(image.digest()).stream()))
                .toList();
        Manifest smaller = index.withManifests(entries).manifest();
        StagingArea extended = source.with(smaller);
        return new Result.Found(
                extended, smaller.descriptor(), images, findAttachments.find(extended, smaller.descriptor()));
    }

    private static boolean is(Descriptor image, Platform wanted) {
        return image.optionalPlatform()
                .filter(platform -> platform.name().equals(wanted.name()))
                .isPresent();
    }

    private static String names(Stream<Platform> platforms) {
        return String.join(", ", platforms.map(Platform::name).distinct().toList());
    }

    private static Result refused(Reference reference, String why) {
        return new Result.Refused(new TargetFailure(
                TargetFailure.Reason.IMAGE_NOT_FOUND,
                why,
                reference.repository().registry(),
                false));
    }
}
