package dev.slipway.local.registry;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.registry.store.ContentDigest;
import dev.slipway.local.registry.store.Referral;
import dev.slipway.oci.MediaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a registry must know about a manifest, read from its bytes. */
record ManifestText(String mediaType, JsonNode content) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    static ManifestText of(String mediaType, byte[] bytes) {
        JsonNode content;
        try {
            content = JSON.readTree(bytes);
        } catch (IOException e) {
            throw new Refusal(Refusal.Code.MANIFEST_INVALID, "the manifest is not JSON: " + e.getMessage());
        }
        if (!content.isObject()) {
            throw new Refusal(Refusal.Code.MANIFEST_INVALID, "the manifest is not a JSON object");
        }
        String declared = content.path("mediaType").asText("");
        if (!declared.isEmpty() && !declared.equals(mediaType)) {
            throw new Refusal(
                    Refusal.Code.MANIFEST_INVALID,
                    "the manifest came as '%s' and says that it is '%s'".formatted(mediaType, declared));
        }
        return new ManifestText(mediaType, content);
    }

    /** Config and layers; without those that are somewhere else by their {@code urls}. */
    List<ContentDigest> blobs() {
        List<ContentDigest> blobs = new ArrayList<>();
        if (MediaTypes.isImageManifest(mediaType)) {
            blobs.add(digest(content.path("config")));
            for (JsonNode layer : content.path("layers")) {
                if (layer.path("urls").isEmpty()) {
                    blobs.add(digest(layer));
                }
            }
        }
        return blobs;
    }

    /** The manifests that an index lists. */
    List<ContentDigest> children() {
        List<ContentDigest> children = new ArrayList<>();
        if (MediaTypes.isIndex(mediaType)) {
            content.path("manifests").forEach(child -> children.add(digest(child)));
        }
        return children;
    }

    /** distribution-spec 1.1, "Listing Referrers": the descriptor of this manifest carries artifact type and annotations. */
    Optional<Referral> referral(ContentDigest digest, long size) {
        JsonNode subject = content.path("subject");
        if (!subject.isObject()) {
            return Optional.empty();
        }
        ObjectNode descriptor = JSON.createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", digest.toString())
                .put("size", size);
        String artifactType = content.path("artifactType")
                .asText(content.path("config").path("mediaType").asText(""));
        if (!artifactType.isEmpty()) {
            descriptor.put("artifactType", artifactType);
        }
        if (content.path("annotations").isObject()) {
            descriptor.set("annotations", content.path("annotations"));
        }
        return Optional.of(new Referral(digest(subject), descriptor.toString()));
    }

    private static ContentDigest digest(JsonNode descriptor) {
        String text = descriptor.path("digest").asText("");
        return ContentDigest.parse(text)
                .orElseThrow(() ->
                        new Refusal(Refusal.Code.MANIFEST_INVALID, "a descriptor's digest is '%s'".formatted(text)));
    }
}
