package dev.slipway.oci.registry.manifests;

import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import java.net.URI;

/**
 * {@code DELETE /v2/<name>/manifests/<reference>}: "Deleting Manifests" and "Deleting tags". False where the registry does not
 * do that (CNCF Distribution 2.8 answers 400 to a tag); what is not there counts as deleted.
 */
public final class DeleteManifest implements Endpoint<Boolean> {
    private final String path;
    private final String reference;

    public DeleteManifest(String path, String reference) {
        this.path = path;
        this.reference = reference;
    }

    @Override
    public String method() {
        return "DELETE";
    }

    @Override
    public URI uri(URI base) {
        return base.resolve("v2/%s/manifests/%s".formatted(path, reference));
    }

    @Override
    public Scope scope() {
        return Scope.delete(path);
    }

    @Override
    public boolean expects(int status) {
        return status == 400 || status == 404 || status == 405 || status == 501;
    }

    @Override
    public Boolean handle(Answer answer) {
        return answer.status() / 100 == 2 || answer.status() == 404;
    }
}
