package dev.slipway.oci.registry.manifests;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.registry.errors.RegistryException;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import dev.slipway.oci.registry.wire.RequestBody;
import java.net.URI;
import java.util.Optional;

/** {@code PUT /v2/<name>/manifests/<reference>}: "Pushing Manifests". */
public final class PutManifest implements Endpoint<PutManifest.Written> {
    private final String location;
    private final String path;
    private final String reference;
    private final Manifest manifest;

    public PutManifest(String location, String path, String reference, Manifest manifest) {
        this.location = location;
        this.path = path;
        this.reference = reference;
        this.manifest = manifest;
    }

    /**
     * What was written.
     *
     * @param subjectListed whether the registry itself lists it as a referrer of its subject; where not, somebody must
     *     maintain the fallback tag ("Pushing Manifests with Subject")
     */
    public record Written(Descriptor descriptor, boolean subjectListed) {}

    @Override
    public String method() {
        return "PUT";
    }

    @Override
    public URI uri(URI base) {
        return base.resolve("v2/%s/manifests/%s".formatted(path, reference));
    }

    @Override
    public Scope scope() {
        return Scope.push(path);
    }

    @Override
    public Optional<RequestBody> body() {
        return Optional.of(RequestBody.of(manifest.mediaType(), manifest.bytes()));
    }

    /** Registries that write late deny blobs and children that they have just accepted. */
    @Override
    public boolean mayPass(RegistryException refusal) {
        return refusal.codes().contains("MANIFEST_BLOB_UNKNOWN");
    }

    @Override
    public Written handle(Answer answer) {
        Optional<String> told = answer.header("Docker-Content-Digest").filter(Digest::isDigest);
        if (told.isPresent() && !told.get().equals(manifest.digest().value())) {
            throw new StoreException(
                    Kind.CORRUPT,
                    location,
                    "%s was sent to %s as %s and stored as %s"
                            .formatted(manifest.mediaType(), location, manifest.digest(), told.get()),
                    null);
        }
        return new Written(manifest.descriptor(), answer.header("OCI-Subject").isPresent());
    }
}
