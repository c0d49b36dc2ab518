package dev.slipway.oci.registry.manifests;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** {@code GET /v2/<name>/manifests/<reference>}: "Pulling manifests". Verifies the digest asked for and the one told. */
public final class GetManifest implements Endpoint<Optional<Manifest>> {
    /** More than any manifest has; 4 MiB ones exist. */
    private static final int LIMIT = 32 * 1024 * 1024;

    private final String location;
    private final String path;
    private final String reference;

    public GetManifest(String location, String path, String reference) {
        this.location = location;
        this.path = path;
        this.reference = reference;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public URI uri(URI base) {
        return base.resolve("v2/%s/manifests/%s".formatted(path, reference));
    }

    @Override
    public Scope scope() {
        return Scope.pull(path);
    }

    @Override
    public List<String> accept() {
        return ManifestTypes.ACCEPT;
    }

    @Override
    public boolean expects(int status) {
        return status == 404;
    }

    @Override
    public Optional<Manifest> handle(Answer answer) throws IOException {
        if (answer.status() == 404) {
            return Optional.empty();
        }
        byte[] bytes = answer.bytes(LIMIT);
        if (bytes.length < answer.contentLength().orElse(bytes.length)) {
            throw new EOFException("the manifest ended after %d bytes of %d"
                    .formatted(bytes.length, answer.contentLength().getAsLong()));
        }
        Optional<String> mediaType = ManifestTypes.of(answer.header("Content-Type"));
        if (mediaType.isEmpty()) {
            mediaType = ManifestTypes.sniff(bytes);
        }
        Manifest manifest = Manifest.of(mediaType.orElseThrow(() -> corrupt("is no manifest")), bytes);
        if (Digest.isDigest(reference)) {
            verify(manifest, reference, "its digest");
        }
        Optional<String> told = answer.header("Docker-Content-Digest").filter(Digest::isDigest);
        if (told.isPresent()) {
            verify(manifest, told.get(), "Docker-Content-Digest");
        }
        return Optional.of(manifest);
    }

    private void verify(Manifest manifest, String digest, String said) {
        if (!manifest.digest().value().equals(digest)) {
            throw corrupt("has the digest %s where %s says %s".formatted(manifest.digest(), said, digest));
        }
    }

    private StoreException corrupt(String fault) {
        return new StoreException(
                Kind.CORRUPT, location, "manifest %s of %s %s".formatted(reference, location, fault), null);
    }
}
