package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.gateway.StoreContext.Answer;
import dev.slipway.gateway.StoreContext.Part;
import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreContextTest {

    private static final int LARGE = StoreContext.HELD_BYTES + 12_345;

    private static EmbeddedRegistry registry;
    private static RegistryClient client;
    private static ContentStore staging;

    @BeforeAll
    static void start() {
        registry = EmbeddedRegistry.startTemporary();
        client = new RegistryClient(
                RegistryOptions.builder().chunkSize(Long.MAX_VALUE).build());
        staging = client.repository(new RepositoryName(registry.address(), "slipway/staging"));
    }

    @AfterAll
    static void stop() {
        client.close();
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000, LARGE})
    void storesABlobOnce(int size) {
        byte[] content = bytes(size);
        Digest digest = Digest.of(content);

        assertThat(store(digest, content)).isEqualTo(new Answer.Written());
        assertThat(store(digest, content)).isEqualTo(new Answer.Present());
        assertThat(staging.hasBlob(digest)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100_000, LARGE})
    void refusesContentOfAnotherDigestAndStoresNothing(int size) {
        byte[] content = bytes(size);
        content[size - 1]++;
        Digest wanted = Digest.of(("not this " + size).getBytes(StandardCharsets.UTF_8));

        Answer answer = store(wanted, content);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Mismatch.class,
                        mismatch -> assertThat(mismatch.message())
                                .contains(wanted.value())
                                .contains(Digest.of(content).value()));
        assertThat(staging.hasBlob(wanted)).isFalse();
        assertThat(staging.hasBlob(Digest.of(content))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, LARGE})
    void reportsACallerThatStopsInTheMiddle(int size) {
        byte[] content = bytes(size + 7);
        Digest digest = Digest.of(content);
        InputStream half = new ByteArrayInputStream(content, 0, size / 2);

        assertThatThrownBy(
                        () -> new StoreContext(staging).store(new Part(digest, content.length, Optional.empty(), half)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(digest.value());
        assertThat(staging.hasBlob(digest)).isFalse();
    }

    @Test
    void storesAManifestAsOne() {
        byte[] manifest = """
                {"schemaVersion":2,"mediaType":"%s","artifactType":"application/vnd.slipway.context.v1+json",
                "config":{"mediaType":"application/vnd.oci.empty.v1+json","size":2,
                "digest":"%s"},"layers":[]}""".formatted(MediaTypes.IMAGE_MANIFEST, Digest.of("{}".getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(manifest);
        store(Digest.of("{}".getBytes(StandardCharsets.UTF_8)), "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(storeManifest(digest, manifest)).isEqualTo(new Answer.Written());
        assertThat(storeManifest(digest, manifest)).isEqualTo(new Answer.Present());
        assertThat(new FindContext(staging).isThere(digest)).isTrue();
        assertThat(staging.manifest(digest.value()))
                .hasValueSatisfying(stored -> assertThat(stored.bytes()).isEqualTo(manifest));
    }

    @Test
    void refusesAManifestOfAnotherDigest() {
        Digest wanted = Digest.of(new byte[] {1});

        assertThat(storeManifest(wanted, "{}".getBytes(StandardCharsets.UTF_8))).isInstanceOf(Answer.Mismatch.class);
        assertThat(staging.resolve(wanted.value())).isEmpty();
    }

    @Test
    void contentThatPassesIsNotHeld() throws IOException {
        long size = 10L * StoreContext.HELD_BYTES;
        PassingContent content =
                new PassingContent(new Part(Digest.of(new byte[0]), size, Optional.empty(), new Endless()));

        try (InputStream in = content.open()) {
            assertThat(in.readNBytes(1000)).hasSize(1000);
        }

        assertThatThrownBy(content::open).isInstanceOf(IOException.class).hasMessageContaining("came once");
    }

    private static Answer store(Digest digest, byte[] content) {
        return new StoreContext(staging)
                .store(new Part(digest, content.length, Optional.empty(), new ByteArrayInputStream(content)));
    }

    private static Answer storeManifest(Digest digest, byte[] content) {
        return new StoreContext(staging)
                .store(new Part(
                        digest,
                        content.length,
                        Optional.of(MediaTypes.IMAGE_MANIFEST),
                        new ByteArrayInputStream(content)));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 7;
        }
    }
}
