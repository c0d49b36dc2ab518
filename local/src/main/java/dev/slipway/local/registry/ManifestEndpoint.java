package dev.slipway.local.registry;

import dev.slipway.local.http.Answer;
import dev.slipway.local.http.Body;
import dev.slipway.local.http.Request;
import dev.slipway.local.registry.store.ContentDigest;
import dev.slipway.local.registry.store.ContentDigest.Algorithm;
import dev.slipway.local.registry.store.NewManifest;
import dev.slipway.local.registry.store.RegistryStore;
import dev.slipway.local.registry.store.Repository;
import dev.slipway.local.registry.store.StoredManifest;
import java.io.IOException;
import java.util.List;

/** {@code /v2/NAME/manifests/REFERENCE} (distribution-spec 1.1, "Pulling manifests", "Pushing Manifests", "Deleting"). */
record ManifestEndpoint(RegistryStore store) {
    /** The specification asks for 4 MiB at least. */
    private static final int LARGEST = 16 * 1024 * 1024;

    Answer answer(Request request, Route.ManifestOf route) throws IOException {
        Repository repository = store.repository(route.repository());
        return switch (request.method()) {
            case "GET", "HEAD" -> read(repository, route.reference());
            case "PUT" -> write(request, repository, route);
            case "DELETE" -> delete(repository, route.reference());
            default -> throw Parse.unsupported(request);
        };
    }

    private static Answer read(Repository repository, String reference) throws IOException {
        ContentDigest digest = resolve(repository, reference);
        StoredManifest manifest = repository.manifest(digest).orElseThrow(() -> unknown(reference));
        return Answer.of(200)
                .with("Content-Type", manifest.mediaType())
                .with("Docker-Content-Digest", digest.toString())
                .with("ETag", "\"" + digest + "\"")
                .with(Body.of(manifest.content().file(), 0, manifest.content().size()));
    }

    private static Answer write(Request request, Repository repository, Route.ManifestOf route) throws IOException {
        byte[] bytes = received(request);
        ManifestText text = ManifestText.of(mediaType(request), bytes);
        NewManifest manifest = named(request, route.reference(), text, bytes);
        refuseWithoutContent(repository, text);
        repository.put(manifest, bytes);
        Answer answer = Answer.of(201)
                .with(
                        "Location",
                        "/v2/%s/manifests/%s".formatted(route.repository().path(), manifest.digest()))
                .with("Docker-Content-Digest", manifest.digest().toString());
        Answer withSubject = manifest.referral()
                .map(to -> answer.with("OCI-Subject", to.subject().toString()))
                .orElse(answer);
        return request.parameters("tag").isEmpty()
                ? withSubject
                : withSubject.with("OCI-Tag", String.join(", ", manifest.tags()));
    }

    private static byte[] received(Request request) throws IOException {
        byte[] bytes = request.body().readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new Refusal(Refusal.Code.MANIFEST_INVALID, "the manifest has more than %d bytes".formatted(LARGEST))
                    .withStatus(413);
        }
        return bytes;
    }

    private static String mediaType(Request request) {
        String contentType = request.header("content-type").orElse("");
        String mediaType = contentType.split(";", 2)[0].strip();
        if (mediaType.isEmpty()) {
            throw new Refusal(Refusal.Code.MANIFEST_INVALID, "the header Content-Type is missing");
        }
        return mediaType;
    }

    private static NewManifest named(Request request, String reference, ManifestText text, byte[] bytes) {
        boolean byDigest = reference.indexOf(':') >= 0;
        Algorithm algorithm = byDigest ? Parse.digest(reference).algorithm() : Algorithm.SHA256;
        ContentDigest digest = algorithm.of(bytes);
        if (byDigest && !digest.toString().equals(reference)) {
            throw new Refusal(
                    Refusal.Code.DIGEST_INVALID, "the manifest has digest %s, not %s".formatted(digest, reference));
        }
        List<String> tags = byDigest ? request.parameters("tag") : List.of(reference);
        for (String tag : tags) {
            if (!Parse.isTag(tag)) {
                throw new Refusal(Refusal.Code.MANIFEST_INVALID, "not a tag: '%s'".formatted(tag));
            }
        }
        return new NewManifest(digest, text.mediaType(), text.referral(digest, bytes.length), tags);
    }

    /** A manifest whose parts cannot be fetched is not taken; its subject may come later. */
    private static void refuseWithoutContent(Repository repository, ManifestText text) throws IOException {
        for (ContentDigest blob : text.blobs()) {
            if (repository.blob(blob).isEmpty()) {
                throw new Refusal(Refusal.Code.MANIFEST_BLOB_UNKNOWN, "blob %s was not pushed before".formatted(blob));
            }
        }
        for (ContentDigest child : text.children()) {
            if (repository.manifest(child).isEmpty()) {
                throw new Refusal(
                        Refusal.Code.MANIFEST_BLOB_UNKNOWN, "manifest %s was not pushed before".formatted(child));
            }
        }
    }

    private static Answer delete(Repository repository, String reference) throws IOException {
        boolean deleted = Parse.isTag(reference)
                ? repository.deleteTag(reference)
                : repository.deleteManifest(Parse.digest(reference));
        if (!deleted) {
            throw unknown(reference);
        }
        return Answer.of(202);
    }

    private static ContentDigest resolve(Repository repository, String reference) throws IOException {
        if (reference.indexOf(':') >= 0) {
            return Parse.digest(reference);
        }
        if (!Parse.isTag(reference)) {
            throw unknown(reference);
        }
        return repository.tag(reference).orElseThrow(() -> unknown(reference));
    }

    private static Refusal unknown(String reference) {
        return new Refusal(Refusal.Code.MANIFEST_UNKNOWN, "manifest %s is not in this repository".formatted(reference));
    }
}
