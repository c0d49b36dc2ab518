package dev.slipway.oci.registry;

import static dev.slipway.oci.registry.ScriptedRegistry.body;
import static dev.slipway.oci.registry.ScriptedRegistry.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import java.io.IOException;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry may be hostile or broken: nothing it answers leads to another exception than the store's. */
class UnsafeAnswerTest {
    private static final Descriptor BLOB = Descriptor.of(MediaTypes.LAYER, new byte[] {1});
    private static final String PATH = "/v2/app/blobs/" + BLOB.digest();

    private ScriptedRegistry registry;
    private RegistryClient client;
    private RegistryRepository repository;

    @BeforeEach
    void start() throws IOException {
        registry = new ScriptedRegistry();
        client = new RegistryClient();
        repository = client.repository(new RepositoryName(registry.name(), "app"));
    }

    @AfterEach
    void stop() {
        client.close();
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/blob", "file:///etc/passwd", "ht tp:/", "https:///x"})
    void followsNoBlobToAPlaceThatIsNotSafe(String location) {
        registry.on("GET", PATH, status(307, "Location", location));

        assertCorrupt(() -> repository.blob(BLOB));

        assertThat(registry.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/upload", "::", "ftp://127.0.0.1/"})
    void sendsNoBlobToAPlaceThatIsNotSafe(String location) {
        registry.on("POST", "/v2/app/blobs/uploads/", status(202, "Location", location));

        assertCorrupt(() -> repository.putBlob(BLOB, BlobSource.of(new byte[] {1})));
    }

    @Test
    void needsALocationForAnUpload() {
        registry.on("POST", "/v2/app/blobs/uploads/", status(202));

        assertCorrupt(() -> repository.putBlob(BLOB, BlobSource.of(new byte[] {1})));
    }

    @Test
    void refusesARingOfRedirects() {
        registry.on("GET", PATH, status(307, "Location", PATH));

        assertThatThrownBy(() -> repository.blob(BLOB))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("answered 307");
    }

    @Test
    void refusesAListOfTagsThatIsNone() {
        registry.on("GET", "/v2/app/tags/list", body(200, "<html>"));

        assertCorrupt(() -> repository.tags());
    }

    @Test
    void refusesReferrersThatAreNone() {
        String path = "/v2/app/referrers/" + BLOB.digest();
        registry.on("GET", path, body(200, "{\"schemaVersion\":1}", "Content-Type", MediaTypes.IMAGE_INDEX));

        assertCorrupt(() -> repository.referrers(BLOB.digest(), Optional.empty()));
    }

    @Test
    void refusesAFallbackTagThatListsNothing() {
        String path = "/v2/app/manifests/sha256-" + BLOB.digest().hex();
        registry.on("GET", path, body(200, "{\"schemaVersion\":2}", "Content-Type", MediaTypes.IMAGE_MANIFEST));

        assertCorrupt(() -> repository.referrers(BLOB.digest(), Optional.empty()));
    }

    @Test
    void refusesAManifestOfNoKind() {
        registry.on("GET", "/v2/app/manifests/v1", body(200, "hello", "Content-Type", "text/plain"));

        assertCorrupt(() -> repository.manifest("v1"));
    }

    private static void assertCorrupt(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
    }
}
