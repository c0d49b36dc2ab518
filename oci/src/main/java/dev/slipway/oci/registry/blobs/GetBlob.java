package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.Digest;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;

/** {@code GET /v2/<name>/blobs/<digest>}: "Pulling blobs", from an offset on. The stream is not verified. */
public final class GetBlob implements Endpoint<InputStream> {
    private final String path;
    private final Digest digest;
    private final long offset;

    public GetBlob(String path, Digest digest, long offset) {
        this.path = path;
        this.digest = digest;
        this.offset = offset;
    }

    @Override
    public String method() {
        return "GET";
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
    public Map<String, String> headers() {
        return offset == 0 ? Map.of() : Map.of("Range", "bytes=%d-".formatted(offset));
    }

    @Override
    public boolean streams() {
        return true;
    }

    /** A registry that does not know ranges sends all of it. */
    @Override
    public InputStream handle(Answer answer) throws IOException {
        if (offset > 0 && answer.status() != 206) {
            answer.body().skipNBytes(offset);
        }
        return answer.body();
    }
}
