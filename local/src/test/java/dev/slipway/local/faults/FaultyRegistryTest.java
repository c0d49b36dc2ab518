package dev.slipway.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault, seen by a client that knows nothing of retries. */
final class FaultyRegistryTest {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String TAG = "/v2/app/manifests/1.0";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private EmbeddedRegistry behind;
    private FaultyRegistry faulty;

    @BeforeEach
    void start() {
        behind = EmbeddedRegistry.startTemporary();
        faulty = FaultyRegistry.before(behind.address());
    }

    @AfterEach
    void stop() {
        faulty.close();
        behind.close();
        http.close();
    }

    @Test
    void passesOnWhatNoFaultConcerns() throws Exception {
        byte[] blob = bytes(3_000_000);

        assertThat(push(blob)).isEqualTo(201);

        assertThat(get("/v2/app/blobs/" + Digest.of(blob)).body()).isEqualTo(blob);
        assertThat(faulty.seen("PUT", ".*")).singleElement().satisfies(put -> {
            assertThat(put.bodyBytes()).isEqualTo(blob.length);
            assertThat(put.status()).contains(201);
        });
    }

    @Test
    void leadsUploadsThroughItself() throws Exception {
        String location = openUpload();

        assertThat(resolved(location).getAuthority()).isEqualTo(faulty.address());
    }

    @Test
    void answersSoOftenAndOnlyWhereItIsTold() throws Exception {
        faulty.on(
                Occasion.each("PUT", "/v2/app/manifests/1\\.0").after(1).times(2),
                Faults.answer(429, "Retry-After", "7"));

        assertThat(List.of(tag("a"), tag("b"), tag("c"), tag("d"))).containsExactly(201, 429, 429, 201);
        assertThat(get(TAG).body()).isEqualTo(index("d"));
    }

    @Test
    void givesTheAnswersHeaders() throws Exception {
        faulty.on(Occasion.each("GET", ".*"), Faults.answer(429, "Retry-After", "7"));

        assertThat(get("/v2/").headers().firstValue("Retry-After")).contains("7");
    }

    @Test
    void resetsBeforeTheServerActed() {
        faulty.on(Occasion.first("PUT", TAG), Faults.resetBeforeActing());

        assertThatIOException().isThrownBy(() -> tag("a"));

        assertThat(status("GET", TAG)).isEqualTo(404);
    }

    @Test
    void resetsAfterTheServerActed() throws Exception {
        faulty.on(Occasion.first("PUT", TAG), Faults.resetAfterActing());

        assertThatIOException().isThrownBy(() -> tag("a"));

        assertThat(get(TAG).body()).isEqualTo(index("a"));
    }

    @Test
    void answersOtherwiseThanTheServerThatActed() throws Exception {
        faulty.on(Occasion.first("PUT", TAG), Faults.answerAfterActing(502));

        assertThat(tag("a")).isEqualTo(502);
        assertThat(get(TAG).body()).isEqualTo(index("a"));
    }

    @Test
    void cutsRequestsAndTheServerHasTheBeginning() throws Exception {
        String location = openUpload();
        faulty.on(Occasion.first("PATCH", ".*"), Faults.cutRequestAfter(300_000));

        assertThatIOException().isThrownBy(() -> patch(location, bytes(1_000_000)));

        awaitEndOf("PATCH");
        assertThat(faulty.seen("PATCH", ".*"))
                .singleElement()
                .satisfies(patch -> assertThat(patch.bodyBytes()).isEqualTo(300_000));
        String range = exchange(HttpRequest.newBuilder(resolved(location)).GET())
                .headers()
                .firstValue("Range")
                .orElseThrow();
        assertThat(Long.parseLong(range.substring(2))).isBetween(1L, 299_999L);
    }

    @Test
    void failsInTheMiddleOfABody() throws Exception {
        String location = openUpload();
        faulty.on(Occasion.first("PATCH", ".*"), Faults.failAfter(300_000, 500));

        assertThat(patch(location, bytes(400_000))).isEqualTo(500);
    }

    @Test
    void truncatesAnswers() throws Exception {
        tag("a");
        faulty.on(Occasion.first("GET", TAG), Faults.truncateAnswerAfter(10));

        assertThatIOException().isThrownBy(() -> get(TAG));
    }

    @Test
    void corruptsAnswers() throws Exception {
        tag("a");
        faulty.on(Occasion.first("GET", TAG), Faults.corruptAnswerAt(10));

        byte[] wrong = index("a");
        wrong[10] ^= 0x20;
        assertThat(get(TAG).body()).isEqualTo(wrong);
    }

    @Test
    void corruptsRequests() throws Exception {
        faulty.on(Occasion.first("PUT", "/v2/app/blobs/.*"), Faults.corruptRequestAt(2_000));

        assertThat(push(bytes(10_000))).isEqualTo(400);
    }

    @Test
    void namesAWrongDigest() throws Exception {
        tag("a");
        faulty.on(Occasion.first("HEAD", TAG), Faults.wrongDigest());

        assertThat(exchange(HttpRequest.newBuilder(uri(TAG)).HEAD()).headers().firstValue("Docker-Content-Digest"))
                .contains("sha256:" + "0".repeat(64));
    }

    @Test
    void slowsBodiesDown() throws Exception {
        byte[] blob = bytes(100_000);
        push(blob);
        faulty.on(Occasion.each("GET", ".*"), Faults.slow(1_000_000));

        long start = System.nanoTime();
        assertThat(get("/v2/app/blobs/" + Digest.of(blob)).body()).isEqualTo(blob);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(90));
    }

    @Test
    void delays() {
        faulty.on(Occasion.first("GET", "/v2/"), Faults.delay(Duration.ofMillis(60)));

        long start = System.nanoTime();
        assertThat(status("GET", "/v2/")).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(59));
    }

    @Test
    void holdsRequestsUntilTheyAreReleased() throws Exception {
        Hold hold = new Hold();
        faulty.on(Occasion.first("PUT", TAG), hold);

        CompletableFuture<HttpResponse<byte[]>> put = http.sendAsync(tagging("a"), BodyHandlers.ofByteArray());
        assertThat(hold.reachedWithin(Duration.ofSeconds(10))).isTrue();
        assertThat(status("GET", TAG)).isEqualTo(404);
        hold.release();

        assertThat(put.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    }

    @Test
    void letsOneFaultHappenInsideAnother() throws Exception {
        faulty.on(Occasion.each("GET", ".*"), Faults.delay(Duration.ofMillis(10)));
        faulty.on(Occasion.each("GET", ".*").after(1).times(1), Faults.answer(503));

        assertThat(List.of(status("GET", "/v2/"), status("GET", "/v2/"), status("GET", "/v2/")))
                .containsExactly(200, 503, 200);
    }

    @Test
    void movesNoImmutableTag() throws Exception {
        faulty.on(Occasion.each(".*", ".*"), new ImmutableTags(ImmutableTags.Dialect.HARBOR));

        assertThat(List.of(tag("a"), tag("a"), tag("b"))).containsExactly(201, 201, 412);
        assertThat(get(TAG).body()).isEqualTo(index("a"));
    }

    @Test
    void readsLagBehindWrites() throws Exception {
        tag("a");
        faulty.on(Occasion.each(".*", ".*"), new LaggingReads(2));
        tag("b");
        byte[] blob = bytes(10);
        push(blob);
        String path = "/v2/app/blobs/" + Digest.of(blob);

        assertThat(get(TAG).body()).isEqualTo(index("a"));
        assertThat(get(TAG).body()).isEqualTo(index("a"));
        assertThat(get(TAG).body()).isEqualTo(index("b"));
        assertThat(List.of(status("HEAD", path), status("HEAD", path), status("HEAD", path)))
                .containsExactly(404, 404, 200);
    }

    @Test
    void wantsTokensThatExpire() throws Exception {
        TokenGate tokens = new TokenGate(Duration.ofMinutes(5));
        faulty.on(Occasion.each(".*", ".*"), tokens);

        assertThat(exchange(HttpRequest.newBuilder(uri("/v2/")).GET()).headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).contains(faulty.address() + "/token"));
        assertThat(new String(get("/token?scope=x").body(), StandardCharsets.UTF_8))
                .contains("\"t1\"");
        assertThat(withToken("t1")).isEqualTo(200);
        tokens.expire();
        assertThat(withToken("t1")).isEqualTo(401);
    }

    @Test
    void heals() {
        faulty.on(Occasion.each(".*", ".*"), Faults.answer(500));
        assertThat(status("GET", "/v2/")).isEqualTo(500);

        faulty.heal();

        assertThat(status("GET", "/v2/")).isEqualTo(200);
    }

    private int withToken(String token) throws Exception {
        return exchange(HttpRequest.newBuilder(uri("/v2/")).header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private int tag(String content) throws Exception {
        return http.send(tagging(content), BodyHandlers.ofByteArray()).statusCode();
    }

    private HttpRequest tagging(String content) {
        return HttpRequest.newBuilder(uri(TAG))
                .header("Content-Type", INDEX)
                .PUT(BodyPublishers.ofByteArray(index(content)))
                .build();
    }

    private static byte[] index(String content) {
        return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[],\"annotations\":{\"is\":\"%s\"}}"
                .formatted(INDEX, content)
                .getBytes(StandardCharsets.UTF_8);
    }

    private int push(byte[] blob) throws Exception {
        String location = openUpload();
        URI end = URI.create(resolved(location) + (location.contains("?") ? "&" : "?") + "digest=" + Digest.of(blob));
        return exchange(HttpRequest.newBuilder(end).PUT(BodyPublishers.ofByteArray(blob)))
                .statusCode();
    }

    private int patch(String location, byte[] content) throws Exception {
        return exchange(HttpRequest.newBuilder(resolved(location)).method("PATCH", BodyPublishers.ofByteArray(content)))
                .statusCode();
    }

    private String openUpload() throws Exception {
        return exchange(HttpRequest.newBuilder(uri("/v2/app/blobs/uploads/")).POST(BodyPublishers.noBody()))
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return exchange(HttpRequest.newBuilder(uri(path)).header("Accept", INDEX));
    }

    private int status(String method, String path) {
        try {
            return exchange(HttpRequest.newBuilder(uri(path))
                            .header("Accept", INDEX)
                            .method(method, BodyPublishers.noBody()))
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private URI uri(String path) {
        return URI.create("http://" + faulty.address() + path);
    }

    private URI resolved(String location) {
        return uri("/").resolve(location);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** A request is over when the proxy is done with both sides; a client that was cut off does not wait for it. */
    private void awaitEndOf(String method) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (faulty.seen(method, ".*").isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }
}
