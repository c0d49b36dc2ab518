package dev.slipway.signing.cosign;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.signing.Signer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what one key signs in both of cosign's forms. The same input always gives the same bytes. */
public final class CosignArtifacts {
    private final Signer signer;

    public CosignArtifacts(Signer signer) {
        this.signer = signer;
    }

    /** The older form, for {@link SignatureTypes#signatureTag}: that a digest is an image of a repository. */
    public Artifact signature(Digest subject, RepositoryName repository) {
        byte[] payload = SimpleSigning.payload(subject, repository);
        Artifact.Blob layer = Artifact.Blob.of(SignatureTypes.SIMPLE_SIGNING, payload);
        Descriptor signed =
                layer.descriptor().withAnnotations(Map.of(SignatureTypes.SIGNATURE, Json.base64(signer.sign(payload))));
        return TaggedArtifact.of(SignatureTypes.SIGNATURE_ARTIFACT, List.of(layer), List.of(signed));
    }

    /**
     * The newer form: a referrer of its subject.
     *
     * @param created of the request, so that a retry writes the same
     */
    public Artifact signatureBundle(Descriptor subject, Instant created) {
        return bundle(subject, Statement.signature(), created);
    }

    /** A statement about a subject, as a referrer of it. */
    public Artifact attestationBundle(Descriptor subject, Statement statement, Instant created) {
        return bundle(subject, statement, created);
    }

    /** Statements about a subject in the older form, for {@link SignatureTypes#attestationTag}. */
    public Artifact attestations(Digest subject, List<Statement> statements) {
        List<Artifact.Blob> blobs = new ArrayList<>();
        List<Descriptor> layers = new ArrayList<>();
        for (Statement statement : statements) {
            Artifact.Blob layer = Artifact.Blob.of(
                    SignatureTypes.DSSE_ENVELOPE,
                    Envelope.sign(statement, subject, signer).bytes());
            blobs.add(layer);
            Map<String, String> annotations = new LinkedHashMap<>();
            annotations.put(SignatureTypes.SIGNATURE, "");
            annotations.put(SignatureTypes.PREDICATE_TYPE, statement.predicateType());
            layers.add(layer.descriptor().withAnnotations(annotations));
        }
        return TaggedArtifact.of(SignatureTypes.ATTESTATION_ARTIFACT, blobs, layers);
    }

    private Artifact bundle(Descriptor subject, Statement statement, Instant created) {
        byte[] bundle = Envelope.sign(statement, subject.digest(), signer).bundle(signer.publicKey());
        Artifact.Blob layer = Artifact.Blob.of(SignatureTypes.BUNDLE, bundle);
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(SignatureTypes.BUNDLE_CONTENT, "dsse-envelope");
        annotations.put(SignatureTypes.BUNDLE_PREDICATE_TYPE, statement.predicateType());
        annotations.put(
                "org.opencontainers.image.created",
                created.truncatedTo(ChronoUnit.SECONDS).toString());
        ImageManifest manifest = ImageManifest.artifact(SignatureTypes.BUNDLE, List.of(layer.descriptor()))
                .withSubject(Descriptor.of(subject.mediaType(), subject.digest(), subject.size()))
                .withAnnotations(annotations);
        return new Artifact(manifest, List.of(Artifact.Blob.EMPTY, layer));
    }
}
