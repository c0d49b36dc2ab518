package dev.slipway.push.source;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.push.PublishPlan.Attachment;
import dev.slipway.push.work.Parallel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what belongs beside an image where it lies: its referrers, theirs, and what is found by a tag. */
public final class FindAttachments {
    /** How cosign's older form names what it attaches: {@code sha256-….sig}. */
    private static final List<String> SUFFIXES = List.of(".sig", ".att", ".sbom");

    private final Parallel parallel;

    public FindAttachments(Parallel parallel) {
        this.parallel = parallel;
    }

    /**
     * What was found.
     *
     * @param referrers subjects first
     */
    public record Beside(List<Descriptor> referrers, List<Attachment> attachments) {}

    /**
     * Looks at an image and all that it names.
     *
     * @throws dev.slipway.oci.StoreException where the repository does not answer, or lacks what the image names
     */
    public Beside find(StagingArea source, Descriptor image) {
        Map<Digest, Descriptor> referrers = new LinkedHashMap<>();
        List<Attachment> attachments = new ArrayList<>();
        List<Descriptor> level = tree(source, image);
        while (!level.isEmpty()) {
            List<Beside> found = parallel.map(level, subject -> beside(source.store(), subject.digest()));
            List<Descriptor> next = new ArrayList<>();
            for (Beside one : found) {
                attachments.addAll(one.attachments());
                for (Descriptor referrer : one.referrers()) {
                    if (referrers.putIfAbsent(referrer.digest(), referrer) == null) {
                        next.add(referrer);
                    }
                }
            }
            level = next;
        }
        return new Beside(List.copyOf(referrers.values()), List.copyOf(attachments));
    }

    private List<Descriptor> tree(StagingArea source, Descriptor image) {
        List<Descriptor> all = new ArrayList<>();
        List<Descriptor> level = List.of(image);
        while (!level.isEmpty()) {
            all.addAll(level);
            level = parallel
                    .map(
                            level.stream()
                                    .filter(one -> MediaTypes.isIndex(one.mediaType()))
                                    .toList(),
                            source.manifests()::get)
                    .stream()
                    .flatMap(index -> ImageIndex.of(index).manifests().stream())
                    .distinct()
                    .toList();
        }
        return all.stream().distinct().toList();
    }

    private static Beside beside(ContentStore store, Digest subject) {
        List<Attachment> attachments = SUFFIXES.stream()
                .map(suffix -> subject.value().replace(':', '-') + suffix)
                .flatMap(tag -> store.manifest(tag).stream()
                        .map(Manifest::descriptor)
                        .map(manifest -> new Attachment(manifest, tag, Optional.empty())))
                .toList();
        return new Beside(store.referrers(subject, Optional.empty()), attachments);
    }
}
