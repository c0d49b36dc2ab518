package dev.slipway.cli.inspect;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.Units;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a reference names, down to the configs, and tells it line by line. */
public final class InspectImage {
    private final ContentStore store;
    private final List<String> lines = new ArrayList<>();

    public InspectImage(ContentStore store) {
        this.store = store;
    }

    /** The lines; fails where the registry does not have the image or a part of it. */
    public List<String> inspect(Reference reference) {
        Manifest manifest = fetch(reference.identifier());
        lines.add(reference.toString());
        add(1, "digest", manifest.digest().value());
        add(1, "type", manifest.mediaType());
        if (MediaTypes.isIndex(manifest.mediaType())) {
            index(ImageIndex.of(manifest));
        } else {
            image(1, ImageManifest.of(manifest));
        }
        return List.copyOf(lines);
    }

    private void index(ImageIndex index) {
        add(1, "size", Units.bytes(index.descriptor().size()));
        entries(1, "annotations", index.annotations());
        referrers(1, index.descriptor());
        for (Descriptor child : index.images()) {
            lines.add("");
            lines.add("  " + child.optionalPlatform().map(Platform::toString).orElse("no platform"));
            add(2, "digest", child.digest().value());
            image(2, ImageManifest.of(fetch(child.digest().value())));
        }
    }

    private void image(int depth, ImageManifest image) {
        long layers = image.layers().stream().mapToLong(Descriptor::size).sum();
        add(
                depth,
                "size",
                "%s in %d layers".formatted(Units.bytes(layers), image.layers().size()));
        for (Descriptor layer : image.layers()) {
            add(
                    depth + 1,
                    "layer",
                    "%s  %s  %s".formatted(layer.digest(), Units.bytes(layer.size()), layer.mediaType()));
        }
        entries(depth, "annotations", image.annotations());
        if (isImageConfig(image.config())) {
            config(depth, ImageConfig.parse(store.blob(image.config())));
        }
        referrers(depth, image.descriptor());
    }

    private void config(int depth, ImageConfig config) {
        config.created().ifPresent(created -> add(depth, "created", created.toString()));
        add(depth, "user", config.user().isEmpty() ? "root (none is set)" : config.user());
        List<String> command = new ArrayList<>(config.entrypoint());
        command.addAll(config.cmd());
        if (!command.isEmpty()) {
            add(depth, "command", String.join(" ", command));
        }
        entries(depth, "labels", config.labels());
    }

    private void referrers(int depth, Descriptor subject) {
        for (Descriptor referrer : store.referrers(subject.digest(), Optional.empty())) {
            String type = referrer.artifactType() == null ? referrer.mediaType() : referrer.artifactType();
            add(depth, "referrer", "%s  %s".formatted(referrer.digest(), type));
        }
    }

    private void entries(int depth, String title, Map<String, String> entries) {
        if (!entries.isEmpty()) {
            lines.add("  ".repeat(depth) + title);
            entries.forEach((key, value) -> lines.add("  ".repeat(depth + 1) + key + "=" + value));
        }
    }

    private void add(int depth, String name, String value) {
        lines.add("%s%-8s %s".formatted("  ".repeat(depth), name, value));
    }

    private Manifest fetch(String identifier) {
        return store.manifest(identifier)
                .orElseThrow(() -> CommandFailure.usage(
                        "%s says that it does not have '%s'".formatted(store.location(), identifier)));
    }

    private static boolean isImageConfig(Descriptor config) {
        return config.mediaType().equals(MediaTypes.IMAGE_CONFIG)
                || config.mediaType().equals(MediaTypes.DOCKER_CONFIG);
    }
}
