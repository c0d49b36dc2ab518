package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.Digest;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import dev.slipway.oci.registry.wire.RequestBody;
import java.net.URI;
import java.util.Optional;

/** {@code PUT <location>?digest=<digest>}: ends an upload, with whatever of the content was not sent before. */
final class FinishUpload implements Endpoint<Digest> {
    private final String path;
    private final URI location;
    private final UploadContent content;
    private final long offset;

    FinishUpload(String path, URI location, UploadContent content, long offset) {
        this.path = path;
        this.location = location;
        this.content = content;
        this.offset = offset;
    }

    @Override
    public String method() {
        return "PUT";
    }

    @Override
    public URI uri(URI base) {
        String text = location.toString();
        return URI.create(text + (location.getRawQuery() == null ? "?" : "&") + "digest=" + content.digest());
    }

    @Override
    public Scope scope() {
        return Scope.push(path);
    }

    @Override
    public Optional<RequestBody> body() {
        return Optional.of(
                new RequestBody("application/octet-stream", content.source(), offset, content.size() - offset));
    }

    @Override
    public Digest handle(Answer answer) {
        String told = answer.header("Docker-Content-Digest")
                .filter(Digest::isDigest)
                .orElse(content.digest().value());
        if (!told.equals(content.digest().value())) {
            throw new StoreException(
                    Kind.CORRUPT,
                    path,
                    "blob %s was stored under the digest %s in %s".formatted(content.digest(), told, path),
                    null);
        }
        return content.digest();
    }
}
