package dev.slipway.manifest.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.signing.Signer;
import dev.slipway.signing.VerificationKey;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a signer deterministic that is not: what it signed once lies in staging, and is the answer from then on. Without it a
 * retry would add a second signature by the same key.
 */
public final class RememberedSignatures implements Signer {
    private static final String TYPE = "application/vnd.slipway.signature";
    private static final String SIGNATURE = "dev.slipway.signature";

    private final Signer signer;
    private final ContentStore staging;

    public RememberedSignatures(Signer signer, ContentStore staging) {
        this.signer = signer;
        this.staging = staging;
    }

    @Override
    public VerificationKey publicKey() {
        return signer.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) {
        String tag = tag(message);
        return staging.manifest(tag)
                .flatMap(there -> remembered(there, message))
                .orElseGet(() -> {
                    byte[] signature = signer.sign(message);
                    remember(tag, signature);
                    return signature;
                });
    }

    private String tag(byte[] message) {
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.writeBytes(publicKey().id().getBytes(UTF_8));
        named.writeBytes(message);
        return "signature-" + Digest.of(named.toByteArray()).hex();
    }

    /** Staging is no authority: what does not verify was not said. */
    private Optional<byte[]> remembered(Manifest there, byte[] message) {
        try {
            byte[] signature = Base64.getDecoder()
                    .decode(ImageManifest.of(there).annotations().getOrDefault(SIGNATURE, ""));
            return publicKey().verifies(message, signature) ? Optional.of(signature) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void remember(String tag, byte[] signature) {
        staging.putBlob(ImageManifest.EMPTY_CONFIG, ImageManifest.EMPTY_CONFIG_CONTENT);
        staging.tag(
                ImageManifest.artifact(TYPE, List.of())
                        .withAnnotations(Map.of(SIGNATURE, Base64.getEncoder().encodeToString(signature)))
                        .manifest(),
                tag);
    }
}
