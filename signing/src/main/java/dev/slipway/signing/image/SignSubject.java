package dev.slipway.signing.image;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.RepositoryName;
import dev.slipway.signing.Signer;
import dev.slipway.signing.cosign.CosignArtifacts;
import dev.slipway.signing.cosign.SignatureTypes;
import dev.slipway.signing.cosign.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signs one manifest, and what is stated about it, in both forms. Nothing is written; the same input gives the same bytes. */
public final class SignSubject {
    private final CosignArtifacts signatures;
    private final CosignArtifacts attestations;
    private final String keyId;
    private final String attestationKeyId;

    /**
     * Makes the use case.
     *
     * @param attestationSigner what signs statements; may be the same
     */
    public SignSubject(Signer signer, Signer attestationSigner) {
        this.signatures = new CosignArtifacts(signer);
        this.attestations = new CosignArtifacts(attestationSigner);
        this.keyId = signer.publicKey().id();
        this.attestationKeyId = attestationSigner.publicKey().id();
    }

    /**
     * What is to be written.
     *
     * @param repositories where it will be: each has a signature of its own, since verifiers may look at the name
     * @param created of the request
     */
    public List<SignedArtifact> sign(
            Descriptor subject, List<RepositoryName> repositories, List<Statement> statements, Instant created) {
        List<SignedArtifact> signed = new ArrayList<>();
        signed.add(new SignedArtifact.Referrer(signatures.signatureBundle(subject, created), keyId));
        String tag = SignatureTypes.signatureTag(subject.digest());
        repositories.stream()
                .distinct()
                .forEach(repository -> signed.add(new SignedArtifact.Tagged(
                        signatures.signature(subject.digest(), repository), tag, Optional.of(repository), keyId)));
        for (Statement statement : statements) {
            signed.add(new SignedArtifact.Referrer(
                    attestations.attestationBundle(subject, statement, created), attestationKeyId));
        }
        if (!statements.isEmpty()) {
            signed.add(new SignedArtifact.Tagged(
                    attestations.attestations(subject.digest(), statements),
                    SignatureTypes.attestationTag(subject.digest()),
                    Optional.empty(),
                    attestationKeyId));
        }
        return List.copyOf(signed);
    }
}
