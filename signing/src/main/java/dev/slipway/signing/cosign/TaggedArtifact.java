package dev.slipway.signing.cosign;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signatures and attestations that are found by tag: one manifest, each a layer of it, and anybody may add one. */
public final class TaggedArtifact {
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private TaggedArtifact() {}

    /** As cosign itself attaches artifacts that have a type: without a config of their own, which would be one blob more. */
    static Artifact of(String type, List<Artifact.Blob> layers, List<Descriptor> described) {
        List<Artifact.Blob> blobs = new ArrayList<>(layers);
        blobs.add(Artifact.Blob.EMPTY);
        return new Artifact(ImageManifest.artifact(type, described), blobs);
    }

    /** What a tag must name so that it has both, to which only the config must be sent; empty where it has all already. */
    public static Optional<Artifact> extend(ImageManifest there, ImageManifest ours) {
        List<Descriptor> layers = new ArrayList<>(there.layers());
        ours.layers().stream().filter(layer -> !layers.contains(layer)).forEach(layers::add);
        if (layers.size() == there.layers().size()) {
            return Optional.empty();
        }
        Artifact.Blob config = config(layers);
        return Optional.of(new Artifact(there.withConfig(config.descriptor()).withLayers(layers), List.of(config)));
    }

    /** As cosign writes it: an image of no platform, whose layers are not compressed. */
    private static Artifact.Blob config(List<Descriptor> layers) {
        ObjectNode config = Json.object().put("architecture", "").put("created", NEVER);
        ArrayNode history = config.putArray("history");
        layers.forEach(layer -> history.addObject().put("created", NEVER));
        ArrayNode diffIds =
                config.put("os", "").putObject("rootfs").put("type", "layers").putArray("diff_ids");
        layers.forEach(layer -> diffIds.add(layer.digest().value()));
        config.putObject("config");
        return Artifact.Blob.of(MediaTypes.IMAGE_CONFIG, Json.bytes(config));
    }
}
