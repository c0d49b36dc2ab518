package dev.slipway.oci.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Manifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What manifests and indexes have in common. */
final class Documents {
    private static final List<String> ORDER = List.of(
            "schemaVersion", "mediaType", "artifactType", "config", "layers", "manifests", "subject", "annotations");

    private Documents() {}

    static ObjectNode start(String mediaType) {
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2);
        json.put("mediaType", mediaType);
        return json;
    }

    /**
     * Checks what every document must be. One with the other kind's list too is refused: clients would not agree on what it
     * is (CVE-2021-41190).
     */
    static ObjectNode parse(String what, Manifest manifest, String otherKindsList) {
        ObjectNode json = Json.parse(what, manifest.bytes());
        if (Json.requiredLong(what, json, "schemaVersion") != 2) {
            throw Json.wrong(what, "schemaVersion", "must be 2", json.get("schemaVersion"));
        }
        String said = Json.text(what, json, "mediaType");
        if (said != null && !said.equals(manifest.mediaType())) {
            throw new MalformedDocumentException(
                    "%s was served as %s and says that it is %s".formatted(what, manifest.mediaType(), said), null);
        }
        if (!Json.isAbsent(json, otherKindsList)) {
            throw new MalformedDocumentException(
                    "%s is a %s and has '%s' too".formatted(what, manifest.mediaType(), otherKindsList), null);
        }
        return json;
    }

    static Manifest sniff(byte[] bytes, String otherwise) {
        String said = Json.text("document", Json.parse("document", bytes), "mediaType");
        return Manifest.of(said == null ? otherwise : said, bytes);
    }

    /** Known fields in the specification's order, then the others in the order they had. */
    static ObjectNode inOrder(ObjectNode json) {
        return inOrder(json, ORDER);
    }

    static ObjectNode inOrder(ObjectNode json, List<String> order) {
        ObjectNode ordered = Json.object();
        for (String field : order) {
            @Nullable JsonNode value = json.get(field);
            if (value != null) {
                ordered.set(field, value);
            }
        }
        json.properties().forEach(entry -> {
            if (!ordered.has(entry.getKey())) {
                ordered.set(entry.getKey(), entry.getValue());
            }
        });
        return ordered;
    }
}
