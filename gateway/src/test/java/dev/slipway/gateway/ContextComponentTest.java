package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.gateway.GatewayCalls.Answer;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Peers.class)
class ContextComponentTest {

    private static final String BLOB = "application/octet-stream";

    private GatewayCalls gateway;

    @BeforeEach
    void connect() {
        gateway = GatewayCalls.running();
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 20 * 1024 * 1024})
    void storesABlobOnce(int size) {
        byte[] content = bytes(size);
        String path = "/v1/contexts/" + Digest.of(content);

        assertThat(gateway.head(path).status()).isEqualTo(404);
        assertThat(gateway.put(path, BLOB, content).status()).isEqualTo(201);
        assertThat(gateway.head(path).status()).isEqualTo(200);
        assertThat(gateway.put(path, BLOB, content).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 20 * 1024 * 1024 + 1})
    void refusesContentOfAnotherDigest(int size) {
        byte[] content = bytes(size);
        Digest wanted = Digest.of(bytes(size + 1000));

        Answer answer = gateway.put("/v1/contexts/" + wanted, BLOB, content);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.codes()).containsExactly("DIGEST_MISMATCH");
        assertThat(answer.text())
                .contains(wanted.value())
                .contains(Digest.of(content).value());
        assertThat(gateway.head("/v1/contexts/" + wanted).status()).isEqualTo(404);
    }

    @Test
    void storesAManifest() {
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        gateway.put("/v1/contexts/" + Digest.of(empty), BLOB, empty);
        byte[] manifest =
                """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.oci.empty.v1+json",
                "digest":"%s","size":2},"layers":[]}""".formatted(MediaTypes.IMAGE_MANIFEST, Digest.of(empty)).getBytes(StandardCharsets.UTF_8);
        String path = "/v1/contexts/" + Digest.of(manifest);

        Answer answer = gateway.put(path, MediaTypes.IMAGE_MANIFEST, manifest);

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(gateway.head(path).status()).isEqualTo(200);
    }

    @Test
    void namesALayerThatTheManifestLacks() {
        byte[] manifest =
                """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.oci.empty.v1+json",
                "digest":"%s","size":1000},"layers":[]}""".formatted(MediaTypes.IMAGE_MANIFEST, Digest.of(bytes(1000))).getBytes(StandardCharsets.UTF_8);

        Answer answer = gateway.put("/v1/contexts/" + Digest.of(manifest), MediaTypes.IMAGE_MANIFEST, manifest);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.codes()).containsExactly("REGISTRY_REFUSED");
    }

    @Test
    void wantsAContentLength() {
        byte[] content = bytes(100);

        Answer answer = gateway.send(gateway.request("/v1/contexts/" + Digest.of(content))
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content))));

        assertThat(answer.status()).isEqualTo(411);
    }

    @Test
    void refusesWhatIsNoDigest() {
        assertThat(gateway.head("/v1/contexts/sha256:abc").status()).isEqualTo(400);
        assertThat(gateway.put("/v1/contexts/sha256:abc", BLOB, new byte[1]).codes())
                .containsExactly("DIGEST_INVALID");
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
