package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import dev.slipway.oci.registry.wire.RequestBody;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** {@code PATCH <location>}: one chunk of "Pushing a blob in chunks". */
public final class PatchUpload implements Endpoint<UploadState> {
    private final String path;
    private final URI location;
    private final BlobSource content;
    private final long offset;
    private final long length;

    public PatchUpload(String path, URI location, BlobSource content, long offset, long length) {
        this.path = path;
        this.location = location;
        this.content = content;
        this.offset = offset;
        this.length = length;
    }

    @Override
    public String method() {
        return "PATCH";
    }

    @Override
    public URI uri(URI base) {
        return location;
    }

    @Override
    public Scope scope() {
        return Scope.push(path);
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("Content-Range", "%d-%d".formatted(offset, offset + length - 1));
    }

    @Override
    public Optional<RequestBody> body() {
        return Optional.of(new RequestBody("application/octet-stream", content, offset, length));
    }

    /** 416: the registry has another offset than ours; 404: it has lost the upload. It is asked where it is. */
    @Override
    public boolean expects(int status) {
        return status == 416 || status == 404;
    }

    @Override
    public UploadState handle(Answer answer) throws IOException {
        URI next = Uploads.locationOrElse(answer, location);
        if (answer.status() / 100 != 2) {
            return new UploadState(next, -1);
        }
        return new UploadState(next, Uploads.received(answer).orElse(offset + length));
    }
}
