package dev.slipway.manifest.signing;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.signing.cosign.Artifact;
import dev.slipway.signing.image.SignSubject;
import dev.slipway.signing.image.SignedArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** The writes of a signed assembly without an assembly: the same blobs and manifests, as fast as a bare client gets them in. */
final class BareWrites implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SignSubject signSubject = new SignSubject(Images.key(), Images.key());
    private final URI repository;

    BareWrites(RepositoryName repository) {
        this.repository = URI.create("http://%s/v2/%s/".formatted(repository.registry(), repository.path()));
    }

    /** What is to be sent for an index and its images that nobody signed before. */
    List<Artifact> artifacts(String round, int images) {
        return IntStream.rangeClosed(0, images)
                .mapToObj(i ->
                        Descriptor.of(MediaTypes.IMAGE_MANIFEST, (round + " " + i).getBytes(StandardCharsets.UTF_8)))
                .flatMap(subject -> signSubject
                        .sign(
                                subject,
                                List.of(new RepositoryName("registry.example", "app")),
                                List.of(),
                                Instant.parse("2026-01-02T03:04:05Z"))
                        .stream())
                .map(SignedArtifact::artifact)
                .toList();
    }

    /** All blobs at once, then all manifests at once. */
    void send(List<Artifact> artifacts) {
        await(artifacts.stream()
                .flatMap(artifact -> artifact.blobs().stream())
                .filter(blob -> !blob.descriptor().digest().equals(ImageManifest.EMPTY_CONFIG.digest()))
                .map(blob -> upload(blob.descriptor().digest(), bytes(blob)))
                .toList());
        await(artifacts.stream().map(this::put).toList());
    }

    @Override
    public void close() {
        client.close();
    }

    private CompletableFuture<?> upload(Digest digest, byte[] content) {
        return send(HttpRequest.newBuilder(repository.resolve("blobs/uploads/")).POST(BodyPublishers.noBody()))
                .thenCompose(opened -> {
                    String location = opened.headers().firstValue("Location").orElseThrow();
                    String query = (location.contains("?") ? "&" : "?") + "digest=" + digest;
                    return send(HttpRequest.newBuilder(repository.resolve(location + query))
                            .PUT(BodyPublishers.ofByteArray(content)));
                });
    }

    private CompletableFuture<?> put(Artifact artifact) {
        return send(HttpRequest.newBuilder(repository.resolve(
                        "manifests/" + artifact.manifest().digest().value()))
                .header("Content-Type", artifact.manifest().manifest().mediaType())
                .PUT(BodyPublishers.ofByteArray(artifact.manifest().manifest().bytes())));
    }

    private CompletableFuture<HttpResponse<Void>> send(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.discarding()).thenApply(answer -> {
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(answer.toString());
            }
            return answer;
        });
    }

    private static void await(List<? extends CompletableFuture<?>> calls) {
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
    }

    private static byte[] bytes(Artifact.Blob blob) {
        try (InputStream in = blob.content().open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
