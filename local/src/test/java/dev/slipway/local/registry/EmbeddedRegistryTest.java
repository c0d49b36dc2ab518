package dev.slipway.local.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import java.net.BindException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryTest {
    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final Digest HELLO_DIGEST = Digest.of(HELLO);

    @TempDir
    Path directory;

    private EmbeddedRegistry registry;
    private Http http;

    @BeforeEach
    void start() throws Exception {
        registry = EmbeddedRegistry.start(directory, 0);
        http = new Http(registry.address());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void servesABlobThatWasPushedWhole() {
        pushBlob("app/web", HELLO);

        HttpResponse<String> response = http.get("/v2/app/web/blobs/" + HELLO_DIGEST);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.headers().firstValue("Docker-Content-Digest")).hasValue(HELLO_DIGEST.value());
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() {
        pushBlob("app", HELLO);

        HttpResponse<String> response = http.head("/v2/app/blobs/" + HELLO_DIGEST);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(5);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void servesPartsOfABlob() {
        pushBlob("app", HELLO);
        String path = "/v2/app/blobs/" + HELLO_DIGEST;

        assertThat(http.get(path, "Range", "bytes=1-3").body()).isEqualTo("ell");
        assertThat(http.get(path, "Range", "bytes=3-").body()).isEqualTo("lo");
        assertThat(http.get(path, "Range", "bytes=-2").body()).isEqualTo("lo");
        assertThat(http.get(path, "Range", "bytes=1-3").headers().firstValue("Content-Range"))
                .hasValue("bytes 1-3/5");
        assertThat(http.get(path, "Range", "bytes=5-").statusCode()).isEqualTo(416);
        assertThat(http.get(path, "Range", "bytes=3-1").statusCode()).isEqualTo(416);
    }

    @Test
    void refusesAnUploadWithTheWrongDigest() {
        String upload = begin("app");

        HttpResponse<String> response =
                http.send("PUT", upload + "?digest=" + HELLO_DIGEST, "other bytes".getBytes(UTF_8));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("DIGEST_INVALID").contains(HELLO_DIGEST.value());
        assertThat(http.head("/v2/app/blobs/" + HELLO_DIGEST).statusCode()).isEqualTo(404);
        assertThat(http.get(upload).statusCode()).isEqualTo(404);
    }

    @Test
    void takesChunksInOrderOnly() {
        String upload = begin("app");

        HttpResponse<String> first = http.send("PATCH", upload, "hel".getBytes(UTF_8), "Content-Range", "0-2");
        HttpResponse<String> tooFar = http.send("PATCH", upload, "o".getBytes(UTF_8), "Content-Range", "4-4");
        HttpResponse<String> status = http.get(upload);
        HttpResponse<String> second = http.send("PATCH", upload, "lo".getBytes(UTF_8), "Content-Range", "3-4");
        HttpResponse<String> end = http.send("PUT", upload + "?digest=" + HELLO_DIGEST, new byte[0]);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("Range")).hasValue("0-2");
        assertThat(tooFar.statusCode()).isEqualTo(416);
        assertThat(tooFar.headers().firstValue("Range")).hasValue("0-2");
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(status.headers().firstValue("Range")).hasValue("0-2");
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(end.statusCode()).isEqualTo(201);
        assertThat(http.get("/v2/app/blobs/" + HELLO_DIGEST).body()).isEqualTo("hello");
    }

    @Test
    void goesOnWithAnUploadAfterARestart() throws Exception {
        String upload = begin("app");
        http.send("PATCH", upload, "hel".getBytes(UTF_8), "Content-Range", "0-2");
        registry.close();
        start();

        http.send("PATCH", upload, "lo".getBytes(UTF_8), "Content-Range", "3-4");
        HttpResponse<String> end = http.send("PUT", upload + "?digest=" + HELLO_DIGEST, new byte[0]);

        assertThat(end.statusCode()).isEqualTo(201);
        assertThat(http.get("/v2/app/blobs/" + HELLO_DIGEST).body()).isEqualTo("hello");
    }

    @Test
    void mountsABlobOfAnotherRepository() {
        pushBlob("app", HELLO);

        HttpResponse<String> mounted = http.post("/v2/other/blobs/uploads/?mount=" + HELLO_DIGEST + "&from=app");
        HttpResponse<String> unknown = http.post("/v2/third/blobs/uploads/?mount=" + HELLO_DIGEST + "&from=nowhere");

        assertThat(mounted.statusCode()).isEqualTo(201);
        assertThat(http.get("/v2/other/blobs/" + HELLO_DIGEST).body()).isEqualTo("hello");
        assertThat(unknown.statusCode()).isEqualTo(202);
        assertThat(unknown.headers().firstValue("Location")).isPresent();
    }

    @Test
    void doesNotShowABlobToRepositoriesThatDoNotHaveIt() {
        pushBlob("app", HELLO);

        assertThat(http.get("/v2/other/blobs/" + HELLO_DIGEST).statusCode()).isEqualTo(404);
    }

    @Test
    void takesTheSameBlobFromManyClientsAtOnce() throws Exception {
        byte[] content = new byte[3_000_000];
        new Random(7).nextBytes(content);
        List<Future<Integer>> pushes;
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            pushes = clients.invokeAll(IntStream.range(0, 16)
                    .<Callable<Integer>>mapToObj(i -> () -> pushBlob("app" + i % 3, content))
                    .toList());
        }

        for (Future<Integer> push : pushes) {
            assertThat(push.get()).isEqualTo(201);
        }
        assertThat(http.head("/v2/app2/blobs/" + Digest.of(content)).statusCode())
                .isEqualTo(200);
        assertThat(files("scratch")).isEmpty();
        assertThat(files("content")).hasSize(1);
    }

    @Test
    void refusesAManifestWhosePartsAreMissing() {
        HttpResponse<String> response = putManifest("app", "v1", image(HELLO_DIGEST, ""));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("MANIFEST_BLOB_UNKNOWN").contains(HELLO_DIGEST.value());
        assertThat(http.get("/v2/app/manifests/v1").statusCode()).isEqualTo(404);
    }

    @Test
    void servesAManifestByTagAndDigest() {
        pushBlob("app", HELLO);
        String manifest = image(HELLO_DIGEST, "");
        putManifest("app", "v1", manifest);

        HttpResponse<String> byTag = http.get("/v2/app/manifests/v1");
        HttpResponse<String> byDigest = http.get("/v2/app/manifests/" + Digest.of(manifest.getBytes(UTF_8)));

        assertThat(byTag.body()).isEqualTo(manifest);
        assertThat(byTag.headers().firstValue("Content-Type")).hasValue(MediaTypes.IMAGE_MANIFEST);
        assertThat(byDigest.body()).isEqualTo(manifest);
    }

    @Test
    void deletesTheTagsOfADeletedManifest() {
        pushBlob("app", HELLO);
        String manifest = image(HELLO_DIGEST, "");
        putManifest("app", "v1", manifest);
        putManifest("app", "latest", manifest);
        putManifest("app", "other", image(HELLO_DIGEST, ",\"annotations\":{\"a\":\"b\"}"));

        http.delete("/v2/app/manifests/" + Digest.of(manifest.getBytes(UTF_8)));

        assertThat(http.get("/v2/app/tags/list").body()).isEqualTo("{\"name\":\"app\",\"tags\":[\"other\"]}");
    }

    @Test
    void keepsTheManifestOfADeletedTag() {
        pushBlob("app", HELLO);
        String manifest = image(HELLO_DIGEST, "");
        putManifest("app", "v1", manifest);

        assertThat(http.delete("/v2/app/manifests/v1").statusCode()).isEqualTo(202);

        assertThat(http.get("/v2/app/manifests/v1").statusCode()).isEqualTo(404);
        assertThat(http.get("/v2/app/manifests/" + Digest.of(manifest.getBytes(UTF_8)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void listsTagsPageByPage() {
        pushBlob("app", HELLO);
        for (String tag : List.of("c", "a", "B", "d")) {
            putManifest("app", tag, image(HELLO_DIGEST, ""));
        }

        HttpResponse<String> first = http.get("/v2/app/tags/list?n=2");
        String next = first.headers().firstValue("Link").orElseThrow().replaceAll("<(.*)>.*", "$1");
        HttpResponse<String> second = http.get(next);

        assertThat(first.body()).endsWith("[\"B\",\"a\"]}");
        assertThat(second.body()).endsWith("[\"c\",\"d\"]}");
        assertThat(second.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void listsReferrersByArtifactType() {
        pushBlob("app", HELLO);
        Digest subject = Digest.of("a subject that is not there".getBytes(UTF_8));
        String sbom = image(HELLO_DIGEST, subjectOf(subject) + ",\"artifactType\":\"application/spdx+json\"");
        String signature = image(HELLO_DIGEST, subjectOf(subject));

        HttpResponse<String> put = putManifest("app", digest(sbom), sbom);
        putManifest("app", digest(signature), signature);
        HttpResponse<String> all = http.get("/v2/app/referrers/" + subject);
        HttpResponse<String> filtered =
                http.get("/v2/app/referrers/" + subject + "?artifactType=application/spdx%2Bjson");

        assertThat(put.headers().firstValue("OCI-Subject")).hasValue(subject.value());
        assertThat(all.body()).contains(digest(sbom), digest(signature), MediaTypes.IMAGE_CONFIG);
        assertThat(filtered.body()).contains(digest(sbom)).doesNotContain(digest(signature));
        assertThat(filtered.headers().firstValue("OCI-Filters-Applied")).hasValue("artifactType");
    }

    @Test
    void forgetsADeletedReferrer() {
        pushBlob("app", HELLO);
        Digest subject = Digest.of("subject".getBytes(UTF_8));
        String referrer = image(HELLO_DIGEST, subjectOf(subject));
        putManifest("app", digest(referrer), referrer);

        http.delete("/v2/app/manifests/" + digest(referrer));

        assertThat(http.get("/v2/app/referrers/" + subject).body()).contains("\"manifests\":[]");
    }

    @Test
    void refusesNamesThatLeadOutOfItsDirectory() {
        for (String name : List.of("..", "a/../b", "a/%2e%2e/b", "A", "_tags", "a//b", ".hidden")) {
            HttpResponse<String> blob = http.get("/v2/" + name + "/blobs/" + HELLO_DIGEST);
            HttpResponse<String> upload = http.post("/v2/" + name + "/blobs/uploads/");

            assertThat(blob.statusCode()).as(name).isBetween(400, 404);
            assertThat(upload.statusCode()).as(name).isBetween(400, 404);
        }
        pushBlob("app", HELLO);
        for (String reference : List.of("..", "%2e%2e%2fv1", "a%2fb", "sha256:..%2f..")) {
            HttpResponse<String> put = putManifest("app", reference, image(HELLO_DIGEST, ""));

            assertThat(put.statusCode()).as(reference).isEqualTo(400);
        }
        assertThat(http.get("/v2/app/blobs/uploads/..").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAManifestThatIsNotWhatItsHeaderSays() {
        pushBlob("app", HELLO);
        String manifest = image(HELLO_DIGEST, "");

        HttpResponse<String> response = http.send(
                "PUT", "/v2/app/manifests/v1", manifest.getBytes(UTF_8), "Content-Type", MediaTypes.IMAGE_INDEX);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("MANIFEST_INVALID");
    }

    @Test
    void keepsEverythingOverARestartAndSweepsWhatNobodyHas() throws Exception {
        pushBlob("app", HELLO);
        byte[] orphan = "orphan".getBytes(UTF_8);
        pushBlob("app", orphan);
        http.delete("/v2/app/blobs/" + Digest.of(orphan));
        String manifest = image(HELLO_DIGEST, "");
        putManifest("app", "v1", manifest);
        Files.writeString(directory.resolve("scratch/of-a-killed-process"), "half");
        registry.close();

        start();

        assertThat(http.get("/v2/app/manifests/v1").body()).isEqualTo(manifest);
        assertThat(http.get("/v2/app/blobs/" + HELLO_DIGEST).body()).isEqualTo("hello");
        assertThat(files("content"))
                .containsExactlyInAnyOrder(HELLO_DIGEST.hex(), digest(manifest).substring(7));
        assertThat(files("scratch")).isEmpty();
    }

    @Test
    void refusesAPortThatIsTaken() {
        int taken = Integer.parseInt(registry.address().split(":")[1]);

        assertThatThrownBy(() -> EmbeddedRegistry.start(directory.resolve("other"), taken))
                .isInstanceOf(BindException.class);
    }

    private String begin(String repository) {
        return http.post("/v2/" + repository + "/blobs/uploads/")
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private int pushBlob(String repository, byte[] content) {
        return http.send("PUT", begin(repository) + "?digest=" + Digest.of(content), content)
                .statusCode();
    }

    private HttpResponse<String> putManifest(String repository, String reference, String manifest) {
        return http.send(
                "PUT",
                "/v2/" + repository + "/manifests/" + reference,
                manifest.getBytes(UTF_8),
                "Content-Type",
                MediaTypes.IMAGE_MANIFEST);
    }

    private static String digest(String manifest) {
        return Digest.of(manifest.getBytes(UTF_8)).value();
    }

    private static String image(Digest config, String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":5},\"layers\":[]%s}"
                .formatted(MediaTypes.IMAGE_MANIFEST, MediaTypes.IMAGE_CONFIG, config, more);
    }

    private static String subjectOf(Digest subject) {
        return ",\"subject\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":7}"
                .formatted(MediaTypes.IMAGE_MANIFEST, subject);
    }

    private List<String> files(String under) throws Exception {
        try (Stream<Path> files = Files.walk(directory.resolve(under))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toList());
        }
    }
}
