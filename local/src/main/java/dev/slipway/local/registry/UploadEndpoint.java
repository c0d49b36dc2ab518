package dev.slipway.local.registry;

import dev.slipway.local.http.Answer;
import dev.slipway.local.http.Request;
import dev.slipway.local.registry.store.ContentDigest;
import dev.slipway.local.registry.store.ContentDigest.Algorithm;
import dev.slipway.local.registry.store.RegistryStore;
import dev.slipway.local.registry.store.Repository;
import dev.slipway.local.registry.store.Upload;
import dev.slipway.oci.RepositoryName;
import java.io.IOException;
import java.util.Optional;

/** {@code /v2/NAME/blobs/uploads/} (distribution-spec 1.1, "Pushing blobs", "Mounting a blob from another repository"). */
record UploadEndpoint(RegistryStore store) {

    Answer answer(Request request, Route.Uploads route) throws IOException {
        if (!request.method().equals("POST")) {
            throw Parse.unsupported(request);
        }
        Repository repository = store.repository(route.repository());
        Optional<ContentDigest> mount = request.parameter("mount").map(Parse::digest);
        if (mount.isPresent() && isMounted(mount.orElseThrow(), request, repository)) {
            return created(route.repository(), mount.orElseThrow());
        }
        Optional<ContentDigest> whole = request.parameter("digest").map(Parse::digest);
        Upload upload = repository.beginUpload();
        return whole.isPresent()
                ? finish(request, route.repository(), upload, whole.orElseThrow())
                : progress(202, route.repository(), upload);
    }

    Answer answer(Request request, Route.OpenUpload route) throws IOException {
        Repository repository = store.repository(route.repository());
        Upload upload = repository.upload(route.id()).orElseThrow(() -> unknown(route));
        if (request.method().equals("GET")) {
            return progress(204, route.repository(), upload);
        }
        upload.lock().lock();
        try {
            // another request may have ended it while this one waited
            Upload open = repository.upload(route.id()).orElseThrow(() -> unknown(route));
            return change(request, route.repository(), open);
        } finally {
            upload.lock().unlock();
        }
    }

    private Answer change(Request request, RepositoryName name, Upload upload) throws IOException {
        return switch (request.method()) {
            case "PATCH" -> {
                appendChunk(request, name, upload, Algorithm.SHA256);
                yield progress(202, name, upload);
            }
            case "PUT" -> finish(request, name, upload, digestOf(request));
            case "DELETE" -> {
                store.repository(name).cancel(upload);
                yield Answer.of(204);
            }
            default -> throw Parse.unsupported(request);
        };
    }

    private boolean isMounted(ContentDigest digest, Request request, Repository into) throws IOException {
        Optional<RepositoryName> from = request.parameter("from").map(Route::repositoryName);
        return from.isPresent() ? into.mount(digest, store.repository(from.orElseThrow())) : into.mount(digest);
    }

    private Answer finish(Request request, RepositoryName name, Upload upload, ContentDigest digest)
            throws IOException {
        appendChunk(request, name, upload, digest.algorithm());
        long length = upload.length();
        if (!store.repository(name).commit(upload, digest)) {
            throw new Refusal(
                    Refusal.Code.DIGEST_INVALID,
                    "the %d bytes that were uploaded do not have the digest %s".formatted(length, digest));
        }
        return created(name, digest);
    }

    /** A chunk that says where it belongs must begin where the upload ends, and bring what it says. */
    private static void appendChunk(Request request, RepositoryName name, Upload upload, Algorithm algorithm)
            throws IOException {
        Optional<ChunkRange> range = request.header("content-range").map(ChunkRange::of);
        if (range.isPresent() && range.orElseThrow().first() != upload.length()) {
            throw new Refusal(
                            Refusal.Code.BLOB_UPLOAD_INVALID,
                            "chunk %s came where the upload has %d bytes"
                                    .formatted(range.orElseThrow(), upload.length()))
                    .withStatus(416)
                    .withHeader("Location", location(name, upload))
                    .withHeader("Range", range(upload));
        }
        long declared = range.isPresent() ? range.orElseThrow().length() : -1;
        if (declared >= 0 && request.contentLength().orElse(declared) != declared) {
            throw new Refusal(
                    Refusal.Code.SIZE_INVALID,
                    "chunk %s came with %d bytes"
                            .formatted(
                                    range.orElseThrow(), request.contentLength().orElse(-1)));
        }
        upload.append(request.body(), algorithm);
    }

    private static Refusal unknown(Route.OpenUpload route) {
        return new Refusal(Refusal.Code.BLOB_UPLOAD_UNKNOWN, "upload %s is not open".formatted(route.id()));
    }

    private static ContentDigest digestOf(Request request) {
        return Parse.digest(request.parameter("digest")
                .orElseThrow(() -> new Refusal(Refusal.Code.DIGEST_INVALID, "the parameter digest is missing")));
    }

    private static Answer created(RepositoryName name, ContentDigest digest) {
        return Answer.of(201)
                .with("Location", "/v2/%s/blobs/%s".formatted(name.path(), digest))
                .with("Docker-Content-Digest", digest.toString());
    }

    private static Answer progress(int status, RepositoryName name, Upload upload) {
        return Answer.of(status)
                .with("Location", location(name, upload))
                .with("Range", range(upload))
                .with("Docker-Upload-UUID", upload.id());
    }

    private static String location(RepositoryName name, Upload upload) {
        return "/v2/%s/blobs/uploads/%s".formatted(name.path(), upload.id());
    }

    /** Inclusive, so nothing and one byte look alike; that is how registries write it. */
    private static String range(Upload upload) {
        return "0-" + Math.max(0, upload.length() - 1);
    }
}
