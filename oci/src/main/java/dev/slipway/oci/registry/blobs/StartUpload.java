package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.Digest;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code POST /v2/<name>/blobs/uploads/}: opens an upload, or mounts a blob of another repository. */
public final class StartUpload implements Endpoint<StartUpload.Started> {
    private final String path;
    private final Optional<Mount> mount;

    private StartUpload(String path, Optional<Mount> mount) {
        this.path = path;
        this.mount = mount;
    }

    public static StartUpload of(String path) {
        return new StartUpload(path, Optional.empty());
    }

    /** "Mounting a blob from another repository". */
    public static StartUpload mounting(String path, Digest digest, String from) {
        return new StartUpload(path, Optional.of(new Mount(digest, from)));
    }

    private record Mount(Digest digest, String from) {}

    /** What the registry did. */
    public sealed interface Started {
        /**
         * An upload is open.
         *
         * @param location where its bytes go
         * @param chunkMinLength the registry's {@code OCI-Chunk-Min-Length} in bytes, 0 where it has none
         */
        record Open(URI location, long chunkMinLength) implements Started {}

        /** The blob was mounted. */
        record Mounted() implements Started {}
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public URI uri(URI base) {
        String query = mount.map(m ->
                        "?mount=%s&from=%s".formatted(m.digest(), URLEncoder.encode(m.from(), StandardCharsets.UTF_8)))
                .orElse("");
        return base.resolve("v2/%s/blobs/uploads/%s".formatted(path, query));
    }

    @Override
    public Scope scope() {
        return mount.map(m -> Scope.mount(path, m.from())).orElseGet(() -> Scope.push(path));
    }

    @Override
    public Started handle(Answer answer) throws IOException {
        if (mount.isPresent() && answer.status() == 201) {
            return new Started.Mounted();
        }
        long chunkMinLength =
                answer.headers().firstValueAsLong("OCI-Chunk-Min-Length").orElse(0);
        return new Started.Open(Uploads.location(answer), chunkMinLength);
    }
}
