package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.Digest;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import java.net.URI;

/** {@code HEAD /v2/<name>/blobs/<digest>}: whether a blob is there. */
public final class HeadBlob implements Endpoint<Boolean> {
    private final String path;
    private final Digest digest;

    public HeadBlob(String path, Digest digest) {
        this.path = path;
        this.digest = digest;
    }

    @Override
    public String method() {
        return "HEAD";
    }

    @Override
    public URI uri(URI base) {
        return base.resolve("v2/%s/blobs/%s".formatted(path, digest));
    }

    @Override
    public Scope scope() {
        return Scope.pull(path);
    }

    @Override
    public boolean expects(int status) {
        return status == 404;
    }

    @Override
    public Boolean handle(Answer answer) {
        return answer.status() != 404;
    }
}
