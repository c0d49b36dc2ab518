package dev.slipway.signing.cosign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Digest;

/**
 * An in-toto statement: a predicate of some type about a digest ({@code in-toto/attestation}, "Statement layer").
 *
 * @param predicateType a URI
 * @param predicate JSON
 */
public record Statement(String predicateType, JsonNode predicate) {
    private static final String TYPE = "https://in-toto.io/Statement/v1";

    /** What a bundle that is a signature and nothing more states. */
    static Statement signature() {
        return new Statement(SignatureTypes.SIGN_PREDICATE, Json.object());
    }

    /**
     * A document that is the predicate.
     *
     * @throws IllegalArgumentException where it is not JSON
     */
    public static Statement of(String predicateType, byte[] predicate) {
        return new Statement(predicateType, Json.read(predicate));
    }

    /**
     * A statement that somebody made, of whichever subject.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Statement parse(byte[] bytes) {
        JsonNode tree = Json.read(bytes);
        String predicateType = tree.path("predicateType").asText();
        if (!tree.path("_type").asText().startsWith("https://in-toto.io/Statement/") || predicateType.isEmpty()) {
            throw new IllegalArgumentException("it is no in-toto statement");
        }
        return new Statement(predicateType, tree.path("predicate"));
    }

    byte[] about(Digest subject) {
        ObjectNode tree = Json.object().put("_type", TYPE);
        tree.putArray("subject").addObject().putObject("digest").put(subject.algorithm(), subject.hex());
        tree.put("predicateType", predicateType).set("predicate", predicate);
        return Json.bytes(tree);
    }

    static boolean isAbout(byte[] statement, Digest subject) {
        for (JsonNode one : Json.read(statement).path("subject")) {
            if (one.path("digest").path(subject.algorithm()).asText().equals(subject.hex())) {
                return true;
            }
        }
        return false;
    }
}
