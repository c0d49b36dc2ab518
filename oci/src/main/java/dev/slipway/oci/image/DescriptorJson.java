package dev.slipway.oci.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Descriptors as JSON (image-spec 1.1, "OCI Content Descriptors"), fields in the specification's order. */
public final class DescriptorJson {
    private DescriptorJson() {}

    /** Reads one; what is no descriptor is a {@link MalformedDocumentException}. */
    public static Descriptor read(byte[] json) {
        return read("descriptor", Json.parse("descriptor", json));
    }

    public static byte[] write(Descriptor descriptor) {
        return Json.bytes(toNode(descriptor));
    }

    static Descriptor read(String what, ObjectNode node) {
        try {
            ObjectNode platform = Json.child(what, node, "platform");
            return new Descriptor(
                    Json.requiredText(what, node, "mediaType"),
                    new Digest(Json.requiredText(what, node, "digest")),
                    Json.requiredLong(what, node, "size"),
                    platform == null ? null : readPlatform(what + ".platform", platform),
                    Json.text(what, node, "artifactType"),
                    Json.map(what, node, "annotations"));
        } catch (MalformedDocumentException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException(what + ": " + e.getMessage(), e);
        }
    }

    private static Platform readPlatform(String what, ObjectNode node) {
        return new Platform(
                Json.requiredText(what, node, "os"),
                Json.requiredText(what, node, "architecture"),
                Json.text(what, node, "variant"),
                Json.text(what, node, "os.version"),
                Json.texts(what, node, "os.features"));
    }

    static ObjectNode toNode(Descriptor descriptor) {
        ObjectNode node = Json.object();
        node.put("mediaType", descriptor.mediaType());
        node.put("digest", descriptor.digest().value());
        node.put("size", descriptor.size());
        Json.put(node, "annotations", descriptor.annotations());
        Platform platform = descriptor.platform();
        if (platform != null) {
            node.set("platform", toNode(platform));
        }
        Json.put(node, "artifactType", descriptor.artifactType());
        return node;
    }

    /**
     * Sets a list of descriptors. One that was in the list before stands as it did, with whatever fields it has that are
     * not known here ({@code urls}, {@code data}).
     */
    static void putAll(ObjectNode document, String field, List<Descriptor> descriptors) {
        List<ObjectNode> before = Json.children(field, document, field);
        List<ObjectNode> nodes = new ArrayList<>();
        for (Descriptor descriptor : descriptors) {
            nodes.add(before.stream()
                    .filter(node -> read(field, node).equals(descriptor))
                    .findFirst()
                    .orElseGet(() -> toNode(descriptor)));
        }
        Json.putAll(document, field, nodes);
    }

    private static ObjectNode toNode(Platform platform) {
        ObjectNode node = Json.object();
        node.put("architecture", platform.architecture());
        node.put("os", platform.os());
        Json.put(node, "os.version", platform.osVersion());
        Json.put(node, "os.features", platform.osFeatures());
        Json.put(node, "variant", platform.variant());
        return node;
    }

    static @Nullable Descriptor readOptional(String what, ObjectNode node, String field) {
        ObjectNode child = Json.child(what, node, field);
        return child == null ? null : read(what + "." + field, child);
    }

    static Map<String, String> annotations(String what, ObjectNode node) {
        return Json.map(what, node, "annotations");
    }
}
