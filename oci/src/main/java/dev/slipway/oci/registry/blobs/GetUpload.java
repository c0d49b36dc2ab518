package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** {@code GET <location>}: how far an upload is. Empty where the registry does not know it any more. */
public final class GetUpload implements Endpoint<Optional<UploadState>> {
    private final String path;
    private final URI location;

    public GetUpload(String path, URI location) {
        this.path = path;
        this.location = location;
    }

    @Override
    public String method() {
        return "GET";
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
    public boolean expects(int status) {
        return status == 400 || status == 404 || status == 405;
    }

    @Override
    public Optional<UploadState> handle(Answer answer) throws IOException {
        if (answer.status() / 100 != 2) {
            return Optional.empty();
        }
        URI next = Uploads.locationOrElse(answer, location);
        return Optional.of(new UploadState(next, Uploads.received(answer).orElse(0)));
    }
}
