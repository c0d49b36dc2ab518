package dev.slipway.sbom.image;

import dev.slipway.oci.Digest;
import dev.slipway.sbom.catalogue.Evidence;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/** What one layer says, and what it takes away from those below it (image-spec 1.1, "Whiteouts"). Immutable. */
final class LayerCatalogue {
    private final Digest layer;
    private final Map<String, Evidence> evidence;
    private final Set<String> removed;
    private final Set<String> emptied;
    private final PathSet written;
    private final PathSet directories;

    /**
     * Makes the catalogue of a layer.
     *
     * @param evidence by path; the empty one stands for the layer
     * @param removed paths of lower layers
     * @param emptied directories of lower layers
     * @param written all that is no directory
     */
    LayerCatalogue(
            Digest layer,
            Map<String, Evidence> evidence,
            Set<String> removed,
            Set<String> emptied,
            PathSet written,
            PathSet directories) {
        this.layer = layer;
        this.evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
        this.removed = Set.copyOf(removed);
        this.emptied = Set.copyOf(emptied);
        this.written = written;
        this.directories = directories;
    }

    /** A file's evidence and the layer that it comes from. */
    record Placed(Digest layer, Evidence evidence) {}

    void applyTo(NavigableMap<String, Placed> files) {
        emptied.forEach(directory -> files.keySet().removeIf(path -> isBelow(path, directory)));
        removed.forEach(gone -> {
            files.remove(gone);
            files.subMap(gone + "/", gone + "0").clear();
        });
        files.keySet().removeIf(this::isReplaced);
        evidence.forEach((path, found) -> files.put(path.isEmpty() ? layer.value() : path, new Placed(layer, found)));
    }

    /** Also by what replaces a directory that it lay in. */
    private boolean isReplaced(String path) {
        if (directories.contains(path)) {
            return true;
        }
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (written.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBelow(String path, String directory) {
        return directory.isEmpty() ? !Digest.isDigest(path) : path.startsWith(directory + "/");
    }

    long weight() {
        return 1000
                + 8L * (written.size() + directories.size())
                + evidence.entrySet().stream()
                        .mapToLong(entry ->
                                100 + entry.getKey().length() + entry.getValue().weight())
                        .sum()
                + removed.stream().mapToLong(String::length).sum()
                + emptied.stream().mapToLong(String::length).sum();
    }
}
