package dev.slipway.oci.registry;

import static dev.slipway.oci.registry.ScriptedRegistry.breakOff;
import static dev.slipway.oci.registry.ScriptedRegistry.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploadTest {
    private static final int CHUNK = 100;
    private static final byte[] CONTENT = new byte[250];
    private static final Descriptor BLOB = Descriptor.of(MediaTypes.LAYER, CONTENT);
    private static final Descriptor SMALL = Descriptor.of(MediaTypes.LAYER, new byte[CHUNK]);
    private static final String UPLOADS = "/v2/app/blobs/uploads/";
    private static final String UPLOAD = "/v2/app/blobs/uploads/1";

    private final TestTime time = new TestTime();
    private ScriptedRegistry registry;
    private RegistryClient client;
    private RegistryRepository repository;

    @BeforeEach
    void start() throws IOException {
        registry = new ScriptedRegistry();
        registry.on("POST", UPLOADS, status(202, "Location", UPLOAD + "?state=x"));
        registry.on("PUT", UPLOAD, status(201));
        registry.on("DELETE", UPLOAD, status(204));
        client = new RegistryClient(RegistryOptions.builder().chunkSize(CHUNK).build(), time, time);
        repository = client.repository(new RepositoryName(registry.name(), "app"));
    }

    @AfterEach
    void stop() {
        client.close();
        registry.close();
    }

    @Test
    void sendsASmallBlobInOnePiece() {
        boolean sent = repository.putBlob(SMALL, BlobSource.of(new byte[CHUNK]));

        assertThat(sent).isTrue();
        assertThat(registry.requests())
                .containsExactly(
                        "HEAD /v2/app/blobs/" + SMALL.digest(),
                        "POST " + UPLOADS,
                        "PUT " + UPLOAD + "?state=x&digest=" + SMALL.digest());
        assertThat(registry.seen().getLast().bodyLength()).isEqualTo(CHUNK);
    }

    @Test
    void sendsALargeBlobInChunksAndTheRestWithTheEnd() {
        registry.on("PATCH", UPLOAD, accepted(100, "2"), accepted(200, "3"));

        repository.putBlob(BLOB, BlobSource.of(CONTENT));

        assertThat(registry.seen().stream().filter(seen -> seen.method().equals("PATCH")))
                .extracting(ScriptedRegistry.Seen::range)
                .containsExactly(Optional.of("0-99"), Optional.of("100-199"));
        assertThat(registry.requests().getLast()).isEqualTo("PUT " + UPLOAD + "?state=3&digest=" + BLOB.digest());
        assertThat(registry.seen().getLast().bodyLength()).isEqualTo(50);
    }

    @Test
    void sendsABlobOfUnknownDigestInOnePieceAndTheDigestAfterIt() {
        byte[] content = random(100_000);
        registry.on("PATCH", UPLOAD, accepted(100_000, "2"));

        Descriptor added = repository.addBlob(MediaTypes.LAYER, 100_000, BlobSource.of(content));

        assertThat(added).isEqualTo(Descriptor.of(MediaTypes.LAYER, content));
        assertThat(registry.requests())
                .containsExactly(
                        "POST " + UPLOADS,
                        "PATCH " + UPLOAD + "?state=x",
                        "PUT " + UPLOAD + "?state=2&digest=" + added.digest());
        assertThat(registry.seen().getLast().bodyLength()).isZero();
    }

    @Test
    void hashesABlobOfUnknownDigestOnceThoughItIsSentAgain() {
        byte[] content = random(100_000);
        registry.on("PATCH", UPLOAD, breakOff(), accepted(70_000, "3"), accepted(100_000, "4"));
        registry.on("GET", UPLOAD, status(204, "Range", "0-39999", "Location", UPLOAD + "?state=2"));

        Descriptor added = repository.addBlob(MediaTypes.LAYER, 100_000, BlobSource.of(content));

        assertThat(added).isEqualTo(Descriptor.of(MediaTypes.LAYER, content));
        assertThat(registry.seen().stream().filter(seen -> seen.method().equals("PATCH")))
                .extracting(ScriptedRegistry.Seen::range)
                .containsExactly(Optional.of("0-99999"), Optional.of("40000-99999"), Optional.of("70000-99999"));
    }

    @Test
    void sendsTheRestThoughTheRegistryClaimsToHaveIt() {
        byte[] content = random(3_000_000);
        registry.on("PATCH", UPLOAD, breakOff(), accepted(3_000_000, "3"));
        registry.on("GET", UPLOAD, status(204, "Range", "0-2999999", "Location", UPLOAD + "?state=2"));
        BlobSource slow = () -> new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1000));
            }
        };

        Descriptor added = repository.addBlob(MediaTypes.LAYER, 3_000_000, slow);

        assertThat(added).isEqualTo(Descriptor.of(MediaTypes.LAYER, content));
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(7).nextBytes(content);
        return content;
    }

    @Test
    void makesNoChunkShorterThanTheRegistryWants() {
        registry.on("POST", UPLOADS, status(202, "Location", UPLOAD, "OCI-Chunk-Min-Length", "200"));
        registry.on("PATCH", UPLOAD, accepted(200, "2"));

        repository.putBlob(BLOB, BlobSource.of(CONTENT));

        assertThat(patches()).isEqualTo(1);
        assertThat(registry.seen().getLast().bodyLength()).isEqualTo(50);
    }

    @Test
    void goesOnFromWhereTheRegistryIsAfterABreak() {
        registry.on("PATCH", UPLOAD, accepted(100, "2"), breakOff(), accepted(250, "4"));
        registry.on("GET", UPLOAD, status(204, "Range", "0-169", "Location", UPLOAD + "?state=3"));

        repository.putBlob(BLOB, BlobSource.of(CONTENT));

        assertThat(registry.seen().stream().filter(seen -> seen.method().equals("PATCH")))
                .extracting(ScriptedRegistry.Seen::range)
                .containsExactly(Optional.of("0-99"), Optional.of("100-199"), Optional.of("170-249"));
        assertThat(registry.seen().getLast().bodyLength()).isZero();
    }

    @Test
    void goesOnFromWhereTheRegistryIsAfterABusyAnswer() {
        registry.on("PATCH", UPLOAD, status(503, "Retry-After", "3"), accepted(100, "2"), accepted(200, "3"));
        registry.on("GET", UPLOAD, status(204, "Range", "0-0", "Location", UPLOAD + "?state=1"));

        repository.putBlob(BLOB, BlobSource.of(CONTENT));

        assertThat(time.pauses()).hasSize(1);
        assertThat(registry.seen().getLast().bodyLength()).isEqualTo(50);
    }

    @Test
    void asksTheRegistryThatWantsAnotherRange() {
        registry.on("PATCH", UPLOAD, status(416), accepted(200, "3"));
        registry.on("GET", UPLOAD, status(204, "Range", "0-99", "Location", UPLOAD + "?state=2"));

        repository.putBlob(BLOB, BlobSource.of(CONTENT));

        assertThat(registry.seen().stream().filter(seen -> seen.method().equals("PATCH")))
                .extracting(ScriptedRegistry.Seen::range)
                .containsExactly(Optional.of("0-99"), Optional.of("100-199"));
    }

    @Test
    void givesUpOnARegistryThatTakesNothing() {
        registry.on("PATCH", UPLOAD, status(416));
        registry.on("GET", UPLOAD, status(204, "Range", "0-0", "Location", UPLOAD));

        assertThatThrownBy(() -> repository.putBlob(BLOB, BlobSource.of(CONTENT)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("takes no bytes");

        assertThat(registry.requests()).last().asString().startsWith("DELETE " + UPLOAD);
    }

    @Test
    void startsAgainWhereTheRegistryHasLostTheUpload() {
        registry.on(
                "POST",
                UPLOADS,
                status(202, "Location", UPLOAD + "?state=x"),
                status(202, "Location", UPLOADS + "2?state=y"));
        registry.on("PATCH", UPLOAD, accepted(100, "2"), status(404));
        registry.on("GET", UPLOAD, status(404));
        registry.on("PATCH", UPLOADS + "2", accepted(UPLOADS + "2", 100, "3"), accepted(UPLOADS + "2", 200, "4"));
        registry.on("PUT", UPLOADS + "2", status(201));

        repository.putBlob(BLOB, BlobSource.of(CONTENT));

        assertThat(registry.requests().getLast()).startsWith("PUT " + UPLOADS + "2?state=4&digest=");
    }

    @Test
    void startsAgainHoweverFarTheRegistryWasThatLostTheUpload() {
        byte[] content = random(15 * CHUNK);
        ScriptedRegistry.Step[] steps = new ScriptedRegistry.Step[26];
        for (int chunk = 0; chunk < 10; chunk++) {
            steps[chunk] = accepted(CHUNK * (chunk + 1), "2");
        }
        steps[10] = status(404);
        for (int chunk = 0; chunk < 15; chunk++) {
            steps[11 + chunk] = accepted(CHUNK * (chunk + 1), "3");
        }
        registry.on("PATCH", UPLOAD, steps);

        repository.putBlob(Descriptor.of(MediaTypes.LAYER, content), BlobSource.of(content));

        assertThat(registry.requests().getLast()).startsWith("PUT ");
    }

    @Test
    void givesUpOnARegistryThatLosesEveryUpload() {
        registry.on("PATCH", UPLOAD, status(404));

        assertThatThrownBy(() -> repository.putBlob(BLOB, BlobSource.of(CONTENT)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("lost the upload of blob %s 5 times", BLOB.digest());
    }

    @Test
    void sendsDamagedChunksAgainInChunks() {
        registry.on("PATCH", UPLOAD, accepted(100, "2"), accepted(200, "3"), accepted(100, "4"), accepted(200, "5"));
        registry.on("PUT", UPLOAD, damaged(), status(201));

        repository.putBlob(BLOB, BlobSource.of(CONTENT));

        assertThat(registry.seen().stream().filter(seen -> seen.method().equals("PATCH")))
                .extracting(ScriptedRegistry.Seen::range)
                .containsExactly(
                        Optional.of("0-99"), Optional.of("100-199"), Optional.of("0-99"), Optional.of("100-199"));
        assertThat(registry.requests().getLast()).startsWith("PUT " + UPLOAD + "?state=5&");
        assertThat(registry.seen().getLast().bodyLength()).isEqualTo(50);
    }

    @Test
    void asksHowFarTheRegistryIsWhenDamagedContentBreaksOffToo() {
        registry.on("PUT", UPLOAD, damaged(), breakOff(), status(201));
        registry.on("GET", UPLOAD, status(204, "Range", "0-39", "Location", UPLOAD + "?state=2"));
        registry.on("PATCH", UPLOAD, accepted(CHUNK, "3"));

        repository.putBlob(SMALL, BlobSource.of(new byte[CHUNK]));

        assertThat(registry.seen().stream().filter(seen -> seen.method().equals("PATCH")))
                .extracting(ScriptedRegistry.Seen::range)
                .containsExactly(Optional.of("40-99"));
        assertThat(registry.requests().getLast()).startsWith("PUT " + UPLOAD + "?state=3&");
    }

    @Test
    void sendsADamagedBlobOfUnknownDigestAgain() {
        byte[] content = random(100_000);
        registry.on("PATCH", UPLOAD, accepted(100_000, "2"), accepted(100_000, "3"));
        registry.on("PUT", UPLOAD, damaged(), status(201));

        Descriptor added = repository.addBlob(MediaTypes.LAYER, 100_000, BlobSource.of(content));

        assertThat(added).isEqualTo(Descriptor.of(MediaTypes.LAYER, content));
        assertThat(registry.requests().getLast()).isEqualTo("PUT " + UPLOAD + "?state=3&digest=" + added.digest());
        assertThat(registry.seen().stream().filter(seen -> seen.method().equals("PATCH")))
                .extracting(ScriptedRegistry.Seen::bodyLength)
                .containsExactly(100_000L, 100_000L);
    }

    @Test
    void findsABlobOfUnknownDigestThoughTheAnswerWasLost() {
        byte[] content = random(100_000);
        Descriptor blob = Descriptor.of(MediaTypes.LAYER, content);
        registry.on("PATCH", UPLOAD, accepted(100_000, "2"));
        registry.on("PUT", UPLOAD, breakOff());
        registry.on("HEAD", "/v2/app/blobs/" + blob.digest(), status(200));

        assertThat(repository.addBlob(MediaTypes.LAYER, 100_000, BlobSource.of(content)))
                .isEqualTo(blob);

        assertThat(registry.requests().getLast()).isEqualTo("HEAD /v2/app/blobs/" + blob.digest());
    }

    @Test
    void findsABlobThatWasStoredThoughTheAnswerWasLost() {
        registry.on("HEAD", "/v2/app/blobs/" + SMALL.digest(), status(404), status(200));
        registry.on("PUT", UPLOAD, breakOff());

        assertThat(repository.putBlob(SMALL, BlobSource.of(new byte[CHUNK]))).isTrue();

        assertThat(registry.requests().getLast()).startsWith("HEAD ");
    }

    @Test
    void sendsASmallBlobAgainWhenTheRegistryKeptNothing() {
        registry.on("PUT", UPLOAD, status(502), status(201));
        registry.on("GET", UPLOAD, status(204, "Range", "0-0", "Location", UPLOAD));

        repository.putBlob(SMALL, BlobSource.of(new byte[CHUNK]));

        assertThat(registry.seen().getLast().bodyLength()).isEqualTo(CHUNK);
    }

    @Test
    void cancelsAnUploadThatFailsForGood() {
        registry.on("PUT", UPLOAD, damaged());

        assertThatThrownBy(() -> repository.putBlob(SMALL, BlobSource.of(new byte[CHUNK])))
                .hasMessage("%s answered 400 to PUT %s: DIGEST_INVALID: not what it says"
                        .formatted(registry.name(), UPLOAD));

        assertThat(registry.requests().getLast()).isEqualTo("DELETE " + UPLOAD + "?state=x");
    }

    @Test
    void cancelsAnUploadWhoseContentIsTooShort() {
        assertThatThrownBy(() -> repository.putBlob(SMALL, BlobSource.of(new byte[CHUNK - 1])))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("content ended 1 bytes early");

        assertThat(registry.requests()).contains("DELETE " + UPLOAD + "?state=x");
    }

    @Test
    void takesNoUploadForDoneThatWasOnlyAskedFor() {
        registry.on("POST", UPLOADS, status(201));

        assertThatThrownBy(() -> repository.addBlob(MediaTypes.LAYER, 100_000, BlobSource.of(random(100_000))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no Location");
    }

    @Test
    void mountsWithoutSendingAnything() {
        registry.on("POST", UPLOADS, status(201));

        assertThat(repository.mountBlob(BLOB.digest(), new RepositoryName(registry.name(), "team/base")))
                .isTrue();

        assertThat(registry.requests())
                .containsExactly("POST " + UPLOADS + "?mount=" + BLOB.digest() + "&from=team%2Fbase");
    }

    @Test
    void cancelsTheUploadThatARegistryOpensInsteadOfMounting() {
        assertThat(repository.mountBlob(BLOB.digest(), new RepositoryName(registry.name(), "base")))
                .isFalse();

        assertThat(registry.requests().getLast()).isEqualTo("DELETE " + UPLOAD + "?state=x");
    }

    @Test
    void mountsNothingFromAnotherRegistry() {
        assertThat(repository.mountBlob(BLOB.digest(), new RepositoryName("ghcr.io", "base")))
                .isFalse();

        assertThat(registry.requests()).isEmpty();
    }

    private static ScriptedRegistry.Step damaged() {
        return ScriptedRegistry.body(
                400, "{\"errors\":[{\"code\":\"DIGEST_INVALID\",\"message\":\"not what it says\"}]}");
    }

    private long patches() {
        return registry.seen().stream()
                .filter(seen -> seen.method().equals("PATCH"))
                .count();
    }

    private static ScriptedRegistry.Step accepted(int received, String state) {
        return accepted(UPLOAD, received, state);
    }

    private static ScriptedRegistry.Step accepted(String upload, int received, String state) {
        return status(202, "Range", "0-" + (received - 1), "Location", upload + "?state=" + state);
    }
}
