package dev.slipway.build.embedded.layers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.build.embedded.tree.Node;
import dev.slipway.oci.Digest;
import dev.slipway.oci.layer.LayerEntry;
import dev.slipway.oci.layer.LayerOptions;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What goes into a layer: nodes by path. */
public final class LayerFiles {
    private final SortedMap<String, Node> nodes;

    public LayerFiles(Map<String, Node> nodes) {
        this.nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    public SortedMap<String, Node> nodes() {
        return nodes;
    }

    /** Equal for equal layers, and known without reading a file. */
    Digest key(LayerOptions options) {
        MessageDigest sha256 = Digest.newSha256();
        add(sha256, "slipway layer 1", options.time(), options.compression(), options.level());
        nodes.forEach((path, node) -> {
            add(sha256, path, node.attributes());
            switch (node) {
                case Node.Directory ignored -> add(sha256, "directory");
                case Node.RegularFile file -> add(sha256, "file", file.size(), file.digest());
                case Node.SymbolicLink link -> add(sha256, "link", link.target());
                case Node.Special special -> throw cannotBeWritten(path, special);
            }
        });
        return Digest.ofHash(sha256);
    }

    List<LayerEntry> entries() {
        return nodes.entrySet().stream()
                .map(entry -> entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static LayerEntry entry(String path, Node node) {
        return switch (node) {
            case Node.Directory directory -> new LayerEntry.Directory(path, directory.attributes());
            case Node.RegularFile file ->
                new LayerEntry.RegularFile(path, file.attributes(), file.size(), file.content());
            case Node.SymbolicLink link -> new LayerEntry.SymbolicLink(path, link.attributes(), link.target());
            case Node.Special special -> throw cannotBeWritten(path, special);
        };
    }

    private static IllegalArgumentException cannotBeWritten(String path, Node.Special special) {
        return new IllegalArgumentException(
                "'%s' cannot be put into a layer: it is %s".formatted(path, special.what()));
    }

    /** Each part ends with a character that no path has. */
    private static void add(MessageDigest sha256, Object... parts) {
        for (Object part : parts) {
            sha256.update(part.toString().getBytes(UTF_8));
            sha256.update((byte) 0);
        }
    }
}
