package dev.slipway.oci.layer;

import dev.slipway.oci.BlobSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One entry of a layer. Paths are relative to the image's root, with slashes, and without {@code .} and {@code ..}. */
public sealed interface LayerEntry {

    String path();

    Attributes attributes();

    /** A path as it stands in somebody's layer, as paths are here; one that would lead out of the image stays inside. */
    static String pathOf(String name) {
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    record Directory(String path, Attributes attributes) implements LayerEntry {
        public Directory {
            checkPath(path);
        }
    }

    /**
     * A regular file.
     *
     * @param size in bytes; content of another length makes the writing fail
     */
    record RegularFile(String path, Attributes attributes, long size, BlobSource content) implements LayerEntry {
        public RegularFile {
            checkPath(path);
            if (size < 0) {
                throw new IllegalArgumentException("size of '%s' is negative: %d".formatted(path, size));
            }
        }

        public static RegularFile of(String path, Attributes attributes, byte[] content) {
            return new RegularFile(path, attributes, content.length, BlobSource.of(content));
        }

        public static RegularFile of(String path, Attributes attributes, Path file, long size) {
            return new RegularFile(path, attributes, size, BlobSource.of(file));
        }
    }

    /**
     * A symbolic link.
     *
     * @param target as it stands in the link, whatever it points to
     */
    record SymbolicLink(String path, Attributes attributes, String target) implements LayerEntry {
        public SymbolicLink {
            checkPath(path);
            if (target.isEmpty() || target.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("'%s' is a link to nowhere: '%s'".formatted(path, target));
            }
        }
    }

    /**
     * Another name of a regular file of the same layer.
     *
     * @param target its path
     */
    record HardLink(String path, Attributes attributes, String target) implements LayerEntry {
        public HardLink {
            checkPath(path);
            checkPath(target);
        }
    }

    private static void checkPath(String path) {
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a path in a layer: '%s'".formatted(path));
        }
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || List.of(".", "..").contains(name)) {
                throw new IllegalArgumentException(
                        "not a path in a layer: '%s'; wanted is one relative to the root, without '.', '..' and '//'"
                                .formatted(path));
            }
        }
    }
}
