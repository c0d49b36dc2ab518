package dev.slipway.signing.cosign;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Digest;
import dev.slipway.signing.Signer;
import dev.slipway.signing.VerificationKey;
import java.io.ByteArrayOutputStream;

/** A signed in-toto statement (DSSE 1.0). */
public final class Envelope {
    private final JsonNode tree;
    private final byte[] statement;

    private Envelope(JsonNode tree, byte[] statement) {
        this.tree = tree;
        this.statement = statement;
    }

    public static Envelope sign(Statement statement, Digest subject, Signer signer) {
        byte[] payload = statement.about(subject);
        ObjectNode tree = Json.object().put("payload", Json.base64(payload)).put("payloadType", SignatureTypes.IN_TOTO);
        tree.putArray("signatures").addObject().put("sig", Json.base64(signer.sign(preAuthentication(payload))));
        return new Envelope(tree, payload);
    }

    /**
     * Reads the envelope itself.
     *
     * @throws IllegalArgumentException where the bytes are none
     */
    public static Envelope parse(byte[] json) {
        return of(Json.read(json));
    }

    /**
     * Reads the envelope inside a sigstore bundle.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Envelope parseBundle(byte[] json) {
        return of(Json.read(json).path("dsseEnvelope"));
    }

    private static Envelope of(JsonNode tree) {
        if (!tree.path("payloadType").asText().equals(SignatureTypes.IN_TOTO)) {
            throw new IllegalArgumentException(
                    "its payload is a '%s'".formatted(tree.path("payloadType").asText()));
        }
        return new Envelope(tree, Json.fromBase64(tree.path("payload")));
    }

    /** Whether a key signed it and it speaks about a digest. */
    public boolean verifies(Digest subject, VerificationKey key) {
        if (!Statement.isAbout(statement, subject)) {
            return false;
        }
        byte[] message = preAuthentication(statement);
        for (JsonNode signature : tree.path("signatures")) {
            if (key.verifies(message, Json.fromBase64(signature.path("sig")))) {
                return true;
            }
        }
        return false;
    }

    public String predicateType() {
        return Statement.parse(statement).predicateType();
    }

    byte[] bytes() {
        return Json.bytes(tree);
    }

    /** sigstore's bundle 0.3 around it. */
    byte[] bundle(VerificationKey key) {
        ObjectNode bundle = Json.object().put("mediaType", SignatureTypes.BUNDLE);
        bundle.putObject("verificationMaterial").putObject("publicKey").put("hint", key.id());
        bundle.set("dsseEnvelope", tree);
        return Json.bytes(bundle);
    }

    private static byte[] preAuthentication(byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("DSSEv1 %d %s %d "
                .formatted(SignatureTypes.IN_TOTO.length(), SignatureTypes.IN_TOTO, payload.length)
                .getBytes(UTF_8));
        out.writeBytes(payload);
        return out.toByteArray();
    }
}
