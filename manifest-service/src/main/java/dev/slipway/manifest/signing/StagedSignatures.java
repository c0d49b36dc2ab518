package dev.slipway.manifest.signing;

import dev.slipway.manifest.Signatures;
import dev.slipway.manifest.children.InParallel;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.signing.cosign.Artifact;
import dev.slipway.signing.image.ReadStatements;
import dev.slipway.signing.image.SignSubject;
import dev.slipway.signing.image.SignedArtifact;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    public List<List<Attached>> sign(List<Subject> subjects, Order order) {
        List<List<SignedArtifact>> signed = InParallel.map(
                subjects,
                subject -> signSubject.sign(
                        subject.manifest(),
                        order.repositories(),
                        readStatements.of(subject.artifacts()),
                        order.created()));
        write(signed.stream()
                .flatMap(List::stream)
                .map(SignedArtifact::artifact)
                .toList());
        return signed.stream()
                .map(artifacts ->
                        artifacts.stream().map(StagedSignatures::attached).toList())
                .toList();
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

    /** The first is written last. Where it is not there, nobody came to the end before, and nothing else is asked for. */
    private void write(List<Artifact> artifacts) {
        Artifact last = artifacts.getFirst();
        List<Artifact> others = artifacts.subList(1, artifacts.size());
        if (isThere(last)) {
            List<Artifact> absent = InParallel.filter(others, artifact -> !isThere(artifact));
            InParallel.map(blobs(absent), this::write);
            InParallel.map(absent, this::writeManifest);
        } else {
            InParallel.map(blobs(artifacts), this::write);
            InParallel.map(others, this::writeManifest);
            writeManifest(last);
        }
    }

    private Descriptor writeManifest(Artifact artifact) {
        return staging.putManifest(artifact.manifest().manifest());
    }

    private boolean isThere(Artifact artifact) {
        return staging.resolve(artifact.manifest().digest().value()).isPresent();
    }

    private static Collection<Artifact.Blob> blobs(List<Artifact> artifacts) {
        Map<Digest, Artifact.Blob> blobs = new LinkedHashMap<>();
        artifacts.stream()
                .flatMap(artifact -> artifact.blobs().stream())
                .forEach(blob -> blobs.putIfAbsent(blob.descriptor().digest(), blob));
        return blobs.values();
    }

    /** What is signed here is new; only the empty config, which all bundles share, is there mostly. */
    private Descriptor write(Artifact.Blob blob) {
        if (blob.descriptor().digest().equals(ImageManifest.EMPTY_CONFIG.digest())) {
            staging.putBlob(blob.descriptor(), blob.content());
        } else {
            staging.sendBlob(blob.descriptor(), blob.content());
        }
        return blob.descriptor();
    }
}
