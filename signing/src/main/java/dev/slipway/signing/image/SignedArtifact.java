package dev.slipway.signing.image;

import dev.slipway.oci.RepositoryName;
import dev.slipway.signing.cosign.Artifact;
import java.util.Optional;

/** Something signed, and how it is found. */
public sealed interface SignedArtifact {

    Artifact artifact();

    /** Which key signed it: {@link dev.slipway.signing.VerificationKey#id}. */
    String keyId();

    /** As a referrer of its subject. */
    record Referrer(Artifact artifact, String keyId) implements SignedArtifact {}

    /**
     * By a tag, which may name others' too.
     *
     * @param repository the only one that it is for; empty for any
     */
    record Tagged(Artifact artifact, String tag, Optional<RepositoryName> repository, String keyId)
            implements SignedArtifact {}
}
