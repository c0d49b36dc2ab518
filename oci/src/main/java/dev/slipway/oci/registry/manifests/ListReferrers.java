package dev.slipway.oci.registry.manifests;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.MalformedDocumentException;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** {@code GET /v2/<name>/referrers/<digest>}: one page of "Listing Referrers". Empty where the registry has no such API. */
public final class ListReferrers implements Endpoint<Optional<ListReferrers.Page>> {
    private static final int LIMIT = 16 * 1024 * 1024;

    private final String path;
    private final Digest subject;
    private final Optional<URI> page;

    public ListReferrers(String path, Digest subject, Optional<URI> page) {
        this.path = path;
        this.subject = subject;
        this.page = page;
    }

    /** Some referrers, and where there are more. */
    public record Page(List<Descriptor> referrers, Optional<URI> next) {}

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public URI uri(URI base) {
        return page.orElseGet(() -> base.resolve("v2/%s/referrers/%s".formatted(path, subject)));
    }

    @Override
    public Scope scope() {
        return Scope.pull(path);
    }

    @Override
    public List<String> accept() {
        return List.of(MediaTypes.IMAGE_INDEX);
    }

    /** Registries of before 1.1 answer 404 to a path that they do not know, some 400 or 405. */
    @Override
    public boolean expects(int status) {
        return status == 404 || status == 400 || status == 405;
    }

    @Override
    public Optional<Page> handle(Answer answer) throws IOException {
        boolean index = ManifestTypes.of(answer.header("Content-Type"))
                .filter(MediaTypes.IMAGE_INDEX::equals)
                .isPresent();
        if (answer.status() != 200 || !index) {
            return Optional.empty();
        }
        byte[] bytes = answer.bytes(LIMIT);
        try {
            return Optional.of(new Page(ImageIndex.parse(bytes).manifests(), Links.next(answer)));
        } catch (MalformedDocumentException e) {
            throw new ProtocolException("the list of referrers cannot be read: " + e.getMessage());
        }
    }
}
