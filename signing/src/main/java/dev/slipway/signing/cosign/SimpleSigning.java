package dev.slipway.signing.cosign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Digest;
import dev.slipway.oci.RepositoryName;

/** What the older form of a signature signs: that a digest is an image of a repository. */
public final class SimpleSigning {
    private static final String TYPE = "cosign container image signature";

    private SimpleSigning() {}

    static byte[] payload(Digest image, RepositoryName repository) {
        ObjectNode payload = Json.object();
        ObjectNode critical = payload.putObject("critical");
        critical.putObject("identity").put("docker-reference", repository.toString());
        critical.putObject("image").put("docker-manifest-digest", image.value());
        critical.put("type", TYPE);
        payload.putNull("optional");
        return Json.bytes(payload);
    }

    /**
     * Whether a payload is cosign's and speaks about a digest.
     *
     * @throws IllegalArgumentException where it is no payload
     */
    public static boolean isAbout(byte[] payload, Digest image) {
        JsonNode critical = Json.read(payload).path("critical");
        return critical.path("type").asText().equals(TYPE)
                && critical.path("image")
                        .path("docker-manifest-digest")
                        .asText()
                        .equals(image.value());
    }
}
