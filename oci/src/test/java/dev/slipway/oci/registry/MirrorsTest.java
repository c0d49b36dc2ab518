package dev.slipway.oci.registry;

import static dev.slipway.oci.registry.ScriptedRegistry.body;
import static dev.slipway.oci.registry.ScriptedRegistry.breakOffAfter;
import static dev.slipway.oci.registry.ScriptedRegistry.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.access.RegistryAccess;
import dev.slipway.oci.registry.access.RegistryAccess.Mirror;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pulls go to a mirror first, and to the registry where that does not have them. */
class MirrorsTest {
    private static final byte[] CONTENT = "content of a layer".getBytes(StandardCharsets.UTF_8);
    private static final Descriptor BLOB = Descriptor.of(MediaTypes.LAYER, CONTENT);
    private static final String BLOB_PATH = "/v2/app/blobs/" + BLOB.digest();
    private static final String MIRRORED_BLOB = "/v2/hub/app/blobs/" + BLOB.digest();
    private static final Manifest MANIFEST =
            Manifest.of(MediaTypes.IMAGE_MANIFEST, "{}".getBytes(StandardCharsets.UTF_8));
    private static final String TAG = "/v2/app/manifests/v1";
    private static final String MIRRORED_TAG = "/v2/hub/app/manifests/v1";

    private final TestTime time = new TestTime();
    private ScriptedRegistry origin;
    private ScriptedRegistry mirror;
    private RegistryClient client;
    private ContentStore store;

    @BeforeEach
    void start() throws IOException {
        origin = new ScriptedRegistry();
        mirror = new ScriptedRegistry();
        RegistryAccess mirrored = new RegistryAccess(
                Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, List.of(new Mirror(mirror.name(), "hub")));
        client = new RegistryClient(
                RegistryOptions.builder()
                        .access(name -> name.equals(origin.name()) ? mirrored : RegistryAccess.PLAIN)
                        .build(),
                time,
                time);
        store = client.pulling(new RepositoryName(origin.name(), "app"));
        origin.on("GET", TAG, body(200, MANIFEST.bytes(), "Content-Type", MANIFEST.mediaType()))
                .on("GET", BLOB_PATH, body(200, CONTENT));
    }

    @AfterEach
    void stop() {
        client.close();
        origin.close();
        mirror.close();
    }

    @Test
    void asksTheRegistryForNothingThatAMirrorHas() {
        mirror.on("GET", MIRRORED_TAG, body(200, MANIFEST.bytes(), "Content-Type", MANIFEST.mediaType()))
                .on("GET", MIRRORED_BLOB, body(200, CONTENT));

        assertThat(store.manifest("v1")).contains(MANIFEST);
        assertThat(store.blob(BLOB)).isEqualTo(CONTENT);

        assertThat(mirror.requests()).containsExactly("GET " + MIRRORED_TAG, "GET " + MIRRORED_BLOB);
        assertThat(origin.requests()).isEmpty();
    }

    @Test
    void asksTheRegistryForWhatAMirrorLacks() {
        assertThat(store.manifest("v1")).contains(MANIFEST);
        assertThat(store.blob(BLOB)).isEqualTo(CONTENT);

        assertThat(mirror.requests()).hasSize(2);
        assertThat(origin.requests()).hasSize(2);
    }

    @Test
    void leavesAMirrorThatFailsAloneForAWhile() {
        mirror.on("GET", MIRRORED_TAG, status(503));

        assertThat(store.manifest("v1")).contains(MANIFEST);
        int asked = mirror.requests().size();
        assertThat(store.manifest("v1")).contains(MANIFEST);

        assertThat(asked).as("tried again once, and not waited for").isEqualTo(2);
        assertThat(mirror.requests()).hasSize(asked);
        time.advance(Duration.ofSeconds(31));
        store.manifest("v1");
        assertThat(mirror.requests()).hasSizeGreaterThan(asked);
    }

    @Test
    void doesNotWaitAsLongAsABusyMirrorAsks() {
        mirror.on("GET", MIRRORED_TAG, status(429, "Retry-After", "60"));

        assertThat(store.manifest("v1")).contains(MANIFEST);

        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void takesTheRestOfABlobFromTheRegistry() throws IOException {
        mirror.on("GET", MIRRORED_BLOB, breakOffAfter(CONTENT, 7), status(503));

        try (InputStream in = store.openBlob(BLOB)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
        }

        assertThat(origin.requests()).containsExactly("GET " + BLOB_PATH);
    }

    @Test
    void believesNoMirrorThatServesSomethingElse() {
        mirror.on("GET", MIRRORED_BLOB, body(200, new byte[CONTENT.length]));

        assertThat(store.blob(BLOB)).isEqualTo(CONTENT);
    }

    @Test
    void writesAndListsAtTheRegistryOnly() {
        origin.on("PUT", TAG, status(201)).on("GET", "/v2/app/tags/list", body(200, "{\"tags\":[\"v1\"]}"));

        store.tag(MANIFEST, "v1");

        assertThat(store.tags()).containsExactly("v1");
        assertThat(mirror.requests()).isEmpty();
    }
}
