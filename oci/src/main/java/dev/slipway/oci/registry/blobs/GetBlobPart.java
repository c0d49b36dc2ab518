package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.Digest;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** {@code GET /v2/<name>/blobs/<digest>} of some bytes: RFC 9110, 14.2 "Range". They are not verified. */
public final class GetBlobPart implements Endpoint<byte[]> {
    private final String path;
    private final Digest digest;
    private final long offset;
    private final int length;

    public GetBlobPart(String path, Digest digest, long offset, int length) {
        this.path = path;
        this.digest = digest;
        this.offset = offset;
        this.length = length;
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
        return Map.of("Range", "bytes=%d-%d".formatted(offset, offset + length - 1));
    }

    /** A registry that does not know ranges sends all of it. */
    @Override
    public byte[] handle(Answer answer) throws IOException {
        if (answer.status() != 206) {
            answer.body().skipNBytes(offset);
        }
        return answer.body().readNBytes(length);
    }
}
