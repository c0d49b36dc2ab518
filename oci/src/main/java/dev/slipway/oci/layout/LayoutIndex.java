package dev.slipway.oci.layout;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.image.ImageIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What {@code index.json} lists: the tagged manifests, and those that no tag and no listed index leads to. */
record LayoutIndex(ImageIndex index) {
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    static LayoutIndex empty() {
        return new LayoutIndex(ImageIndex.of(List.of()));
    }

    List<Descriptor> entries() {
        return index.manifests();
    }

    Optional<Descriptor> tagged(String tag) {
        return entries().stream().filter(entry -> tag.equals(tagOf(entry))).findFirst();
    }

    Optional<Descriptor> of(Digest digest) {
        return entries().stream().filter(entry -> entry.digest().equals(digest)).findFirst();
    }

    List<String> tags() {
        return entries().stream()
                .map(LayoutIndex::tagOf)
                .filter(tag -> !tag.isEmpty())
                .sorted()
                .toList();
    }

    /** With a manifest; where it has children that stood here untagged, they are reached through it from now on. */
    LayoutIndex plus(Descriptor manifest, Set<Digest> children) {
        List<Descriptor> entries = without(entry -> children.contains(entry.digest()) && isUntagged(entry));
        boolean listed = entries.stream().anyMatch(entry -> entry.digest().equals(manifest.digest()));
        if (!listed) {
            entries.add(manifest);
        }
        return with(entries);
    }

    /** With a tag; whatever it named before stays, untagged unless another tag names it. */
    LayoutIndex tag(Descriptor manifest, String tag) {
        LayoutIndex untagged = untag(tag);
        List<Descriptor> entries =
                untagged.without(entry -> entry.digest().equals(manifest.digest()) && isUntagged(entry));
        Map<String, String> annotations = new LinkedHashMap<>(manifest.annotations());
        annotations.put(REF_NAME, tag);
        entries.add(manifest.withAnnotations(annotations));
        return with(entries);
    }

    LayoutIndex untag(String tag) {
        Optional<Descriptor> tagged = tagged(tag);
        if (tagged.isEmpty()) {
            return this;
        }
        List<Descriptor> entries = without(entry -> tag.equals(tagOf(entry)));
        Descriptor manifest = plain(tagged.get());
        if (entries.stream().noneMatch(entry -> entry.digest().equals(manifest.digest()))) {
            entries.add(manifest);
        }
        return with(entries);
    }

    LayoutIndex minus(Digest digest) {
        return with(without(entry -> entry.digest().equals(digest)));
    }

    /** The descriptor without the name that it has here. */
    static Descriptor plain(Descriptor entry) {
        Map<String, String> annotations = new LinkedHashMap<>(entry.annotations());
        annotations.remove(REF_NAME);
        return entry.withAnnotations(annotations);
    }

    private LayoutIndex with(List<Descriptor> entries) {
        return new LayoutIndex(index.withManifests(entries));
    }

    private List<Descriptor> without(Predicate<Descriptor> gone) {
        return new ArrayList<>(entries().stream().filter(gone.negate()).toList());
    }

    private static boolean isUntagged(Descriptor entry) {
        return tagOf(entry).isEmpty();
    }

    private static String tagOf(Descriptor entry) {
        return entry.annotations().getOrDefault(REF_NAME, "");
    }
}
