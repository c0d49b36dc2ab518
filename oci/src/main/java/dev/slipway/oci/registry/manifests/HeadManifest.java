package dev.slipway.oci.registry.manifests;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** {@code HEAD /v2/<name>/manifests/<reference>}: "Checking if content exists in the registry". */
public final class HeadManifest implements Endpoint<HeadManifest.Result> {
    private final String path;
    private final String reference;

    public HeadManifest(String path, String reference) {
        this.path = path;
        this.reference = reference;
    }

    /** What a registry tells without the content. */
    public sealed interface Result {
        /** It is there. */
        record Found(Descriptor descriptor) implements Result {}

        /** The registry says that it is not there. */
        record Absent() implements Result {}

        /** It is there, and the answer leaves out digest, size or type: it must be fetched. */
        record Vague() implements Result {}
    }

    @Override
    public String method() {
        return "HEAD";
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
    public Result handle(Answer answer) {
        if (answer.status() == 404) {
            return new Result.Absent();
        }
        Optional<Digest> digest = Digest.isDigest(reference)
                ? Optional.of(new Digest(reference))
                : answer.header("Docker-Content-Digest")
                        .filter(Digest::isDigest)
                        .map(Digest::new);
        Optional<String> mediaType = ManifestTypes.of(answer.header("Content-Type"));
        if (digest.isEmpty() || mediaType.isEmpty() || answer.contentLength().isEmpty()) {
            return new Result.Vague();
        }
        return new Result.Found(Descriptor.of(
                mediaType.get(), digest.get(), answer.contentLength().getAsLong()));
    }
}
