package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import java.net.URI;

/** {@code DELETE <location>}: gives an open upload up. Whatever the registry answers, it is of no use any more. */
public final class CancelUpload implements Endpoint<Boolean> {
    private final String path;
    private final URI location;

    public CancelUpload(String path, URI location) {
        this.path = path;
        this.location = location;
    }

    @Override
    public String method() {
        return "DELETE";
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
        return true;
    }

    @Override
    public Boolean handle(Answer answer) {
        return answer.status() / 100 == 2;
    }
}
