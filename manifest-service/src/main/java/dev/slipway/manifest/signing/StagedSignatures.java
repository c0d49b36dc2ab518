package dev.slipway.manifest.signing;

import dev.slipway.manifest.Signatures;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.signing.cosign.Artifact;
import dev.slipway.signing.image.ReadStatements;
import dev.slipway.signing.image.SignSubject;
import dev.slipway.signing.image.SignedArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signs by keys in this process. In staging all is by digest: who writes the tags is the push service. */
public final class StagedSignatures implements Signatures {
    private final ContentStore staging;
    private final SignSubject signSubject;
    private final ReadStatements readStatements;

    public StagedSignatures(ContentStore staging, SignSubject signSubject) {
        this.staging = staging;
        this.signSubject = signSubject;
        this.readStatements = new ReadStatements(staging);
    }

    @Override
    public List<Attached> sign(Descriptor subject, List<Descriptor> artifacts, Order order) {
        List<Attached> attached = new ArrayList<>();
        for (SignedArtifact signed :
                signSubject.sign(subject, order.repositories(), readStatements.of(artifacts), order.created())) {
            write(signed.artifact());
            attached.add(attached(signed));
        }
        return attached;
    }

    private static Attached attached(SignedArtifact signed) {
        Optional<String> key = Optional.of(signed.keyId());
        return switch (signed) {
            case SignedArtifact.Referrer referrer ->
                new Attached(referrer.artifact().manifest().asReferrer(), Optional.empty(), Optional.empty(), key);
            case SignedArtifact.Tagged tagged ->
                new Attached(
                        tagged.artifact().manifest().descriptor(), Optional.of(tagged.tag()), tagged.repository(), key);
        };
    }

    /** A manifest that is there was written after its blobs. */
    private void write(Artifact artifact) {
        Manifest manifest = artifact.manifest().manifest();
        if (staging.resolve(manifest.digest().value()).isEmpty()) {
            artifact.blobs().forEach(blob -> staging.putBlob(blob.descriptor(), blob.content()));
            staging.putManifest(manifest);
        }
    }
}
