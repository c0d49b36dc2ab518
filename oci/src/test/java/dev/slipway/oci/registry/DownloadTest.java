package dev.slipway.oci.registry;

import static dev.slipway.oci.registry.ScriptedRegistry.body;
import static dev.slipway.oci.registry.ScriptedRegistry.breakOffAfter;
import static dev.slipway.oci.registry.ScriptedRegistry.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.registry.http.RetryLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadTest {
    /** More than the client holds: of what it holds when a connection breaks off, nothing may arrive. */
    private static final int BROKEN_OFF = 6_000_000;

    private static final byte[] CONTENT = content();
    private static final Descriptor BLOB = Descriptor.of(MediaTypes.LAYER, CONTENT);
    private static final String PATH = "/v2/app/blobs/" + BLOB.digest();
    private static final Manifest MANIFEST = Manifest.of(
            MediaTypes.IMAGE_MANIFEST,
            "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{}}"
                    .formatted(MediaTypes.IMAGE_MANIFEST)
                    .getBytes(StandardCharsets.UTF_8));
    private static final String MANIFEST_PATH = "/v2/app/manifests/v1";

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

    @Test
    void readsAPartFromARegistryThatKnowsNoRanges() {
        registry.on("GET", PATH, exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        });

        assertThat(repository.part(BLOB, 1000, 50)).isEqualTo(Arrays.copyOfRange(CONTENT, 1000, 1050));
    }

    @Test
    void goesOnWhereAConnectionBrokeOff() {
        registry.on("GET", PATH, breakOffAfter(CONTENT, BROKEN_OFF), exchange -> {
            int from = offset(exchange.getRequestHeaders().getFirst("Range"));
            byte[] rest = Arrays.copyOfRange(CONTENT, from, CONTENT.length);
            exchange.sendResponseHeaders(206, rest.length);
            exchange.getResponseBody().write(rest);
        });

        assertThat(repository.blob(BLOB)).isEqualTo(CONTENT);

        assertThat(registry.seen()).hasSize(2);
        assertThat(registry.seen().getLast().range())
                .hasValueSatisfying(range -> assertThat(offset(range)).isPositive());
    }

    @Test
    void goesOnWithARegistryThatKnowsNoRanges() {
        registry.on("GET", PATH, breakOffAfter(CONTENT, BROKEN_OFF), body(200, CONTENT));

        assertThat(repository.blob(BLOB)).isEqualTo(CONTENT);
    }

    @Test
    void givesUpOnABlobThatAlwaysBreaksOff() {
        registry.on("GET", PATH, breakOffAfter(CONTENT, 0));

        assertThatThrownBy(() -> repository.blob(BLOB))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining(registry.name() + " on GET " + PATH);
    }

    @Test
    void refusesABlobOfAnotherDigest() {
        byte[] other = CONTENT.clone();
        other[77]++;
        registry.on("GET", PATH, body(200, other));

        assertThatThrownBy(() -> repository.blob(BLOB))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining(BLOB.digest().value())
                .hasMessageContaining(Digest.of(other).value());
    }

    @Test
    void refusesABlobThatIsLongerBeforeReadingAllOfIt() {
        registry.on("GET", PATH, body(200, new byte[CONTENT.length + 1]));

        assertThatThrownBy(() -> repository.blob(BLOB))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("longer than " + CONTENT.length);
    }

    @Test
    void givesUpOnABlobOfWhichNothingMoreComes() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        registry.on("GET", PATH, exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 10);
            exchange.getResponseBody().flush();
            await(end);
        });
        RegistryOptions hasty = RegistryOptions.builder()
                .stallTimeout(Duration.ofMillis(100))
                .retries(new RetryLimits(1, Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .build();

        try (RegistryClient impatient = new RegistryClient(hasty, time, time);
                InputStream stream = impatient
                        .repository(new RepositoryName(registry.name(), "app"))
                        .openBlob(BLOB)) {
            assertThat(stream.readNBytes(10)).hasSize(10);

            assertThatThrownBy(stream::read).hasMessageStartingWith("no answer in time from " + registry.name());
        } finally {
            end.countDown();
        }
    }

    @Test
    void refusesAManifestOfAnotherDigest() {
        registry.on("GET", "/v2/app/manifests/" + BLOB.digest(), manifest());

        assertThatThrownBy(() -> repository.manifest(BLOB.digest().value()))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining(MANIFEST.digest().value())
                .hasMessageContaining(BLOB.digest().value());
    }

    @Test
    void refusesAManifestWhoseDigestTheRegistryTellsWrongly() {
        registry.on(
                "GET",
                MANIFEST_PATH,
                manifest("Docker-Content-Digest", BLOB.digest().value()));

        assertThatThrownBy(() -> repository.manifest("v1")).hasMessageContaining("Docker-Content-Digest says");
    }

    @Test
    void asksForEveryKindOfManifest() {
        registry.on("GET", MANIFEST_PATH, exchange -> {
            String accept = exchange.getRequestHeaders().getFirst("Accept");
            boolean all = Arrays.stream(accept.split(", "))
                    .toList()
                    .containsAll(List.of(
                            MediaTypes.IMAGE_INDEX,
                            MediaTypes.IMAGE_MANIFEST,
                            MediaTypes.DOCKER_MANIFEST_LIST,
                            MediaTypes.DOCKER_MANIFEST));
            (all ? manifest() : status(406)).answer(exchange);
        });

        assertThat(repository.manifest("v1")).contains(MANIFEST);
    }

    @Test
    void believesTheDocumentWhereTheRegistryTellsNoType() {
        registry.on(
                "GET", MANIFEST_PATH, body(200, MANIFEST.bytes(), "Content-Type", "application/json; charset=utf-8"));

        assertThat(repository.manifest("v1")).contains(MANIFEST);
    }

    @Test
    void fetchesWhatAHeadDoesNotTell() {
        registry.on("HEAD", MANIFEST_PATH, status(200, "Content-Type", MANIFEST.mediaType()));
        registry.on("GET", MANIFEST_PATH, manifest());

        assertThat(repository.resolve("v1")).contains(MANIFEST.descriptor());
    }

    @Test
    void resolvesByHeadAlone() {
        registry.on(
                "HEAD",
                MANIFEST_PATH,
                body(
                        200,
                        MANIFEST.bytes(),
                        "Content-Type",
                        MANIFEST.mediaType(),
                        "Docker-Content-Digest",
                        MANIFEST.digest().value()));

        assertThat(repository.resolve("v1")).contains(MANIFEST.descriptor());

        assertThat(registry.requests()).containsExactly("HEAD " + MANIFEST_PATH);
    }

    @Test
    void doesNotTakeAnUnreadableManifestForAnAbsentOne() {
        registry.on("GET", MANIFEST_PATH, status(500));
        registry.on("HEAD", MANIFEST_PATH, status(500));

        assertThatThrownBy(() -> repository.manifest("v1")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> repository.resolve("v1")).isInstanceOf(StoreException.class);
    }

    @Test
    void isAbsentOnlyWhereTheRegistrySaysSo() {
        assertThat(repository.manifest("v1")).isEqualTo(Optional.empty());
    }

    private static ScriptedRegistry.Step manifest(String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = MANIFEST.mediaType();
        return body(200, MANIFEST.bytes(), all);
    }

    private static int offset(String range) {
        return Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] content() {
        byte[] content = new byte[8_000_000];
        new Random(7).nextBytes(content);
        return content;
    }
}
