package dev.slipway.build.embedded.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.build.embedded.tree.LayerListing;
import dev.slipway.build.embedded.tree.Node;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** What counts in an image, as text: so two builders can be compared, and a difference be read. */
final class ImageView {
    private ImageView() {}

    static SortedMap<String, String> config(ImageConfig config) {
        SortedMap<String, String> view = new TreeMap<>();
        view.put("platform", config.platform().name());
        view.put("env", config.env().toString());
        view.put("entrypoint", config.entrypoint().toString());
        view.put("cmd", config.cmd().toString());
        view.put("working directory", config.workingDir());
        view.put("user", config.user());
        view.put("ports", config.exposedPorts().stream().sorted().toList().toString());
        view.put("volumes", config.volumes().stream().sorted().toList().toString());
        view.put("stop signal", config.stopSignal());
        view.put("health check", Objects.toString(config.healthcheck().orElse(null)));
        view.put("shell", config.shell().toString());
        view.put("labels", labels(config.labels()).toString());
        return view;
    }

    /** Without those that every image of ours has. */
    private static Map<String, String> labels(Map<String, String> labels) {
        Map<String, String> others = new TreeMap<>(labels);
        others.keySet()
                .removeIf(label -> label.startsWith("org.opencontainers.image.") || label.equals("otel.traceid"));
        return others;
    }

    static SortedMap<String, String> files(ContentStore store, ImageManifest image) throws IOException {
        FileTree tree = FileTree.empty();
        for (Descriptor layer : image.layers()) {
            try (InputStream in = new GZIPInputStream(store.openBlob(layer))) {
                LayerListing.read(in, path -> BlobSource.of(path.getBytes(UTF_8)))
                        .applyTo(tree);
            }
        }
        SortedMap<String, String> view = new TreeMap<>();
        tree.below("").forEach((path, node) -> view.put(path, text(node)));
        return view;
    }

    private static String text(Node node) {
        String what = switch (node) {
            case Node.Directory ignored -> "directory";
            case Node.RegularFile file -> "file " + file.digest().hex().substring(0, 12);
            case Node.SymbolicLink link -> "link to " + link.target();
            case Node.Special special -> special.what();
        };
        return "%o %d:%d %s"
                .formatted(
                        node.attributes().mode(),
                        node.attributes().uid(),
                        node.attributes().gid(),
                        what);
    }
}
