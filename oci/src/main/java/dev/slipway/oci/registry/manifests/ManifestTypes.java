package dev.slipway.oci.registry.manifests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.oci.MediaTypes;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Media types of manifests: what is asked for, and what came. */
final class ManifestTypes {
    static final List<String> ACCEPT = List.of(
            MediaTypes.IMAGE_INDEX,
            MediaTypes.IMAGE_MANIFEST,
            MediaTypes.DOCKER_MANIFEST_LIST,
            MediaTypes.DOCKER_MANIFEST);

    private static final JsonMapper MAPPER = new JsonMapper();

    private ManifestTypes() {}

    /** The type without parameters; empty for one that says nothing. */
    static Optional<String> of(Optional<String> contentType) {
        return contentType
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(type -> !type.isEmpty()
                        && !type.equals("application/json")
                        && !type.equals("application/octet-stream")
                        && !type.startsWith("text/"));
    }

    /** What a document says it is, or what it looks like. */
    static Optional<String> sniff(byte[] document) throws IOException {
        try {
            JsonNode json = MAPPER.readTree(document);
            String said = json.path("mediaType").asText("");
            if (!said.isEmpty()) {
                return Optional.of(said);
            }
            if (json.path("manifests").isArray()) {
                return Optional.of(MediaTypes.IMAGE_INDEX);
            }
            return json.path("config").isObject() ? Optional.of(MediaTypes.IMAGE_MANIFEST) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
