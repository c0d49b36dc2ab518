package dev.slipway.signing.cosign;

import dev.slipway.oci.Digest;

/** The names that cosign and sigstore gave to what they write. */
public final class SignatureTypes {
    public static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    public static final String SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";
    public static final String DSSE_ENVELOPE = "application/vnd.dsse.envelope.v1+json";
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    /** On the layer of a signature that is found by tag: its base64. */
    public static final String SIGNATURE = "dev.cosignproject.cosign/signature";

    /** On the layer of an attestation that is found by tag. */
    public static final String PREDICATE_TYPE = "predicateType";

    public static final String BUNDLE_CONTENT = "dev.sigstore.bundle.content";
    public static final String BUNDLE_PREDICATE_TYPE = "dev.sigstore.bundle.predicateType";

    /** What a bundle that is a signature says, and nothing else does. */
    public static final String SIGN_PREDICATE = "https://sigstore.dev/cosign/sign/v1";

    public static final String SPDX_PREDICATE = "https://spdx.dev/Document";
    public static final String CYCLONEDX_PREDICATE = "https://cyclonedx.org/bom";

    static final String SIGNATURE_ARTIFACT = "application/vnd.dev.cosign.artifact.sig.v1+json";
    static final String ATTESTATION_ARTIFACT = "application/vnd.dev.cosign.artifact.att.v1+json";

    private SignatureTypes() {}

    /** Where signatures of a digest are found by tag. */
    public static String signatureTag(Digest subject) {
        return subject.algorithm() + "-" + subject.hex() + ".sig";
    }

    /** Where attestations of a digest are found by tag. */
    public static String attestationTag(Digest subject) {
        return subject.algorithm() + "-" + subject.hex() + ".att";
    }
}
