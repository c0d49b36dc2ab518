package dev.slipway.policy.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.json.JsonTrees;
import java.io.IOException;
import java.util.List;

/** What rules are told, as a document. It has the declared fields and no others. */
public final class PolicyInput {
    private final ObjectNode document;

    PolicyInput(ObjectNode document) {
        this.document = document;
    }

    /**
     * Reads a document that somebody wrote.
     *
     * @throws IllegalArgumentException naming the field that is not as declared
     */
    public static PolicyInput parse(byte[] json) {
        JsonNode tree;
        try {
            tree = JsonTrees.read(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getMessage(), e);
        }
        CheckInput.check(tree);
        return new PolicyInput((ObjectNode) tree);
    }

    /** The document; a copy. */
    public ObjectNode document() {
        return document.deepCopy();
    }

    /** The images that it is about, by their platforms; in order. */
    public List<String> platforms() {
        return document.path("images")
                .valueStream()
                .map(image -> image.path("platform").asText())
                .toList();
    }
}
