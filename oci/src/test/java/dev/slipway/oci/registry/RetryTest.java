package dev.slipway.oci.registry;

import static dev.slipway.oci.registry.ScriptedRegistry.body;
import static dev.slipway.oci.registry.ScriptedRegistry.breakOff;
import static dev.slipway.oci.registry.ScriptedRegistry.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.registry.errors.RegistryException;
import dev.slipway.oci.registry.http.RetryLimits;
import dev.slipway.oci.registry.http.RetryObserver.Retry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    private static final Digest BLOB = Digest.of(new byte[] {1});
    private static final String PATH = "/v2/app/blobs/" + BLOB;
    private static final String TAG_PATH = "/v2/app/manifests/v1";
    private static final Manifest MANIFEST =
            Manifest.of(MediaTypes.IMAGE_MANIFEST, "{}".getBytes(StandardCharsets.UTF_8));

    private final TestTime time = new TestTime();
    private ScriptedRegistry registry;
    private RegistryClient client;
    private RegistryRepository repository;

    @BeforeEach
    void start() throws IOException {
        registry = new ScriptedRegistry();
        client = new RegistryClient(RegistryOptions.DEFAULT, time, time);
        repository = client.repository(new RepositoryName(registry.name(), "app"));
    }

    @AfterEach
    void stop() {
        client.close();
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 522})
    void triesAgainWhatMaySucceedLater(int status) {
        registry.on("HEAD", PATH, status(status), status(status), status(200));

        assertThat(repository.hasBlob(BLOB)).isTrue();

        assertThat(registry.requests()).hasSize(3);
        assertThat(time.pauses()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"400,REFUSED", "405,REFUSED", "501,REFUSED", "416,REFUSED", "505,UNAVAILABLE"})
    void doesNotTryAgainWhatWillNot(int status, Kind kind) {
        registry.on("HEAD", PATH, status(status));

        assertThatThrownBy(() -> repository.hasBlob(BLOB))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(kind));

        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void doublesItsPausesUpToTwoSecondsWithJitter() {
        registry.on("HEAD", PATH, status(503));

        assertThatThrownBy(() -> repository.hasBlob(BLOB)).isInstanceOf(RegistryException.class);

        assertThat(registry.requests()).hasSize(6);
        List<Integer> longest = List.of(100, 200, 400, 800, 1600);
        assertThat(time.pauses()).hasSameSizeAs(longest);
        for (int i = 0; i < longest.size(); i++) {
            assertThat(time.pauses().get(i).toMillis()).isBetween(longest.get(i) / 2L, (long) longest.get(i));
        }
    }

    @Test
    void saysWhoAnsweredWhatToWhich() {
        registry.on(
                "PUT",
                "/v2/app/manifests/v1",
                body(429, "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"slow down\",\"detail\":null}]}"));

        assertThatThrownBy(() -> repository.tag(MANIFEST, "v1"))
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
                    assertThat(e.retryable()).isTrue();
                    assertThat(e.status()).isEqualTo(429);
                    assertThat(e.codes()).containsExactly("TOOMANYREQUESTS");
                    assertThat(e.location()).isEqualTo(registry.name());
                })
                .hasMessage(registry.name() + " answered 429 to PUT /v2/app/manifests/v1: TOOMANYREQUESTS: slow down"
                        + " (6 attempts: 429, 429, 429, 429, 429, 429)");
    }

    @Test
    void tellsOfEachRetryItsReasonAndItsPause() {
        List<Retry> retries = new ArrayList<>();
        RegistryOptions told =
                RegistryOptions.builder().retryObserver(retries::add).build();
        registry.on("PUT", TAG_PATH, status(503), status(429, "Retry-After", "7"), breakOff(), status(201));

        try (RegistryClient watched = new RegistryClient(told, time, time)) {
            watched.repository(new RepositoryName(registry.name(), "app")).tag(MANIFEST, "v1");
        }

        assertThat(retries).extracting(Retry::number).containsExactly(2, 3, 4);
        assertThat(retries)
                .extracting(retry -> retry.failure().getMessage())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(registry.name() + " answered 503 to PUT " + TAG_PATH),
                        second -> assertThat(second).contains("answered 429"),
                        third -> assertThat(third).contains("broke off"));
        assertThat(retries).extracting(Retry::pause).isEqualTo(time.pauses());
        assertThat(retries.get(1).pause()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void listsWhatWasTriedAlsoWhereTheLastAnswerIsFinal() {
        registry.on("PUT", TAG_PATH, status(503), breakOff(), status(418));

        assertThatThrownBy(() -> repository.tag(MANIFEST, "v1"))
                .hasMessage(
                        registry.name() + " answered 418 to PUT " + TAG_PATH + " (3 attempts: 503, no answer, 418)");
    }

    @Test
    void leavesQueriesOutOfMessages() {
        registry.on("POST", "/v2/app/blobs/uploads/", status(418));

        assertThatThrownBy(() -> repository.mountBlob(BLOB, new RepositoryName(registry.name(), "other")))
                .hasMessage(registry.name() + " answered 418 to POST /v2/app/blobs/uploads/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "Thu, 01 Jan 2026 00:00:07 GMT"})
    void waitsAsLongAsTheRegistryAsksAlsoForPut(String retryAfter) {
        registry.on("PUT", "/v2/app/manifests/v1", status(429, "Retry-After", retryAfter), status(201));

        repository.tag(MANIFEST, "v1");

        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void givesUpAtOnceWhenAskedToWaitBeyondItsBudget() {
        registry.on("HEAD", PATH, status(503, "Retry-After", "3600"));

        assertThatThrownBy(() -> repository.hasBlob(BLOB)).hasMessageContaining("answered 503");

        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void takesARetryAfterThatCannotBeReadForNone() {
        registry.on("HEAD", PATH, status(503, "Retry-After", "soon"), status(200));

        assertThat(repository.hasBlob(BLOB)).isTrue();

        assertThat(time.pauses())
                .singleElement()
                .satisfies(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofMillis(100)));
    }

    @Test
    void leavesTheWholeRegistryAloneWhenOneRequestWasToldTo() {
        RegistryRepository other = client.repository(new RepositoryName(registry.name(), "other"));
        List<Duration> waitedByOther = new ArrayList<>();
        registry.on("HEAD", PATH, status(429, "Retry-After", "30"), status(200));
        time.onPause(() -> {
            int before = time.pauses().size();
            other.hasBlob(BLOB);
            waitedByOther.addAll(time.pauses().subList(before, time.pauses().size()));
        });

        assertThat(repository.hasBlob(BLOB)).isTrue();

        assertThat(waitedByOther).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void triesAgainWhenTheConnectionBreaksOff() {
        registry.on("PUT", "/v2/app/manifests/v1", breakOff(), status(201));

        repository.tag(MANIFEST, "v1");

        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void triesAgainWhenAManifestEndsEarly() {
        byte[] bytes = MANIFEST.bytes();
        registry.on(
                "GET",
                "/v2/app/manifests/v1",
                ScriptedRegistry.breakOffAfter(bytes, 1, "Content-Type", MANIFEST.mediaType()),
                body(200, bytes, "Content-Type", MANIFEST.mediaType()));

        assertThat(repository.manifest("v1")).contains(MANIFEST);
    }

    @Test
    void namesARegistryThatIsDown() {
        registry.close();

        assertThatThrownBy(() -> repository.hasBlob(BLOB))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageStartingWith(
                        "cannot connect to " + registry.name() + " on HEAD " + PATH + " (6 attempts: no answer");
    }

    @Test
    void givesUpOnARegistryThatNeverAnswers() {
        RegistryOptions hasty = RegistryOptions.builder()
                .stallTimeout(Duration.ofMillis(50))
                .retries(new RetryLimits(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO))
                .build();
        CountDownLatch end = new CountDownLatch(1);
        registry.on("HEAD", PATH, exchange -> awaitQuietly(end));
        try (RegistryClient impatient = new RegistryClient(hasty, time, time)) {
            RegistryRepository app = impatient.repository(new RepositoryName(registry.name(), "app"));

            assertThatThrownBy(() -> app.hasBlob(BLOB))
                    .hasMessageStartingWith("no answer in time from " + registry.name());
        } finally {
            end.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
