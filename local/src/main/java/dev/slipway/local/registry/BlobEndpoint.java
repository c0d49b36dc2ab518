package dev.slipway.local.registry;

import dev.slipway.local.http.Answer;
import dev.slipway.local.http.Body;
import dev.slipway.local.http.ByteRange;
import dev.slipway.local.http.Request;
import dev.slipway.local.registry.store.ContentDigest;
import dev.slipway.local.registry.store.RegistryStore;
import dev.slipway.local.registry.store.Repository;
import dev.slipway.local.registry.store.StoredContent;
import java.io.IOException;

/** {@code /v2/NAME/blobs/DIGEST} (distribution-spec 1.1, "Pulling blobs", "Deleting Blobs"). */
record BlobEndpoint(RegistryStore store) {

    Answer answer(Request request, Route.Blob route) throws IOException {
        Repository repository = store.repository(route.repository());
        ContentDigest digest = Parse.digest(route.digest());
        return switch (request.method()) {
            case "GET", "HEAD" -> read(request, repository, digest);
            case "DELETE" -> delete(repository, digest);
            default -> throw Parse.unsupported(request);
        };
    }

    private static Answer read(Request request, Repository repository, ContentDigest digest) throws IOException {
        StoredContent content = repository.blob(digest).orElseThrow(() -> unknown(digest));
        Answer answer = Answer.of(200)
                .with("Content-Type", "application/octet-stream")
                .with("Docker-Content-Digest", digest.toString())
                .with("Accept-Ranges", "bytes");
        return switch (ByteRange.of(request.header("range"), content.size())) {
            case ByteRange.Whole whole -> answer.with(Body.of(content.file(), 0, content.size()));
            case ByteRange.Part part ->
                new Answer(206, answer.headers(), Body.of(content.file(), part.first(), part.length()))
                        .with("Content-Range", part.contentRange());
            case ByteRange.Unsatisfiable none -> Answer.of(416).with("Content-Range", "bytes */" + content.size());
        };
    }

    private static Answer delete(Repository repository, ContentDigest digest) throws IOException {
        if (!repository.deleteBlob(digest)) {
            throw unknown(digest);
        }
        return Answer.of(202);
    }

    private static Refusal unknown(ContentDigest digest) {
        return new Refusal(Refusal.Code.BLOB_UNKNOWN, "blob %s is not in this repository".formatted(digest));
    }
}
