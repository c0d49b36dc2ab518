package dev.slipway.signing.image;

import dev.slipway.oci.ContentStore;
import dev.slipway.signing.VerificationKey;
import java.util.List;

/** Looks whether an image and every image below it is there and signed by a trusted key. */
public final class VerifyImage {
    private final ContentStore store;
    private final FindSignatures findSignatures;

    /**
     * Makes the use case.
     *
     * @param keys any of which may have signed: while keys change, the old and the new
     * @param attestationKeys any of which may have signed a statement
     */
    public VerifyImage(ContentStore store, List<VerificationKey> keys, List<VerificationKey> attestationKeys) {
        this.store = store;
        this.findSignatures = new FindSignatures(store, keys, attestationKeys);
    }

    /** One manifest and what is attached to it. */
    public record Verified(ImageParts.Part part, List<Finding> findings) {
        public Verified {
            findings = List.copyOf(findings);
        }

        /** It is there, and a key that is trusted signed it. Signatures of others do no harm. */
        public boolean isTrusted() {
            return part.present() && findings.stream().anyMatch(finding -> finding.isSignature() && finding.isValid());
        }
    }

    /** What a reference names, then the images below. */
    public List<Verified> verify(String tagOrDigest) {
        return ImageParts.read(store, tagOrDigest).stream()
                .map(part -> new Verified(
                        part,
                        part.present() ? findSignatures.of(part.descriptor().digest()) : List.of()))
                .toList();
    }
}
