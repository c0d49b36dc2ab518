package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.DockerRegistry;
import dev.slipway.oci.registry.access.RegistryAccess;
import dev.slipway.oci.registry.access.RegistryAccess.Identity;
import dev.slipway.oci.registry.http.RetryLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that are reached in their own way. */
final class AccessTest {
    @TempDir
    Path directory;

    @Test
    void trustsAnOwnAuthorityAndShowsAClientCertificate() throws IOException {
        TestCertificates server = TestCertificates.create(directory, "server");
        TestCertificates client = TestCertificates.create(directory, "client");
        String tls = "tls: {certificate: %s, key: %s, clientcas: [%s]}"
                .formatted(server.certificate(), server.key(), client.certificate());
        try (DockerRegistry registry = DockerRegistry.startOrSkip(directory, tls)) {
            Optional<Path> trusted = Optional.of(server.certificate());
            Optional<Identity> identity = Optional.of(new Identity(client.certificate(), client.key()));

            assertThat(push(registry.name(), access(trusted, identity))).isTrue();
            assertThatThrownBy(() -> push(registry.name(), access(trusted, Optional.empty())))
                    .hasMessageContaining(registry.name());
            assertThatThrownBy(() -> push(registry.name(), access(Optional.empty(), identity)))
                    .hasMessageContaining("no TLS connection");
        }
    }

    @Test
    void sendsNoMoreThanItMay() throws IOException {
        TestTime time = new TestTime();
        try (ScriptedRegistry registry = new ScriptedRegistry();
                RegistryClient client = new RegistryClient(
                        RegistryOptions.builder()
                                .access(name -> new RegistryAccess(
                                        Optional.empty(), Optional.empty(), Optional.empty(), 10, 100_000, List.of()))
                                .build(),
                        time,
                        time)) {
            registry.on(
                    "HEAD",
                    "/v2/app/blobs/"
                            + Descriptor.of(MediaTypes.LAYER, new byte[1]).digest(),
                    ScriptedRegistry.status(200));
            RegistryRepository repository = client.repository(new RepositoryName(registry.name(), "app"));
            Instant start = time.instant();

            for (int i = 0; i < 21; i++) {
                assertThat(repository.hasBlob(
                                Descriptor.of(MediaTypes.LAYER, new byte[1]).digest()))
                        .isTrue();
            }
            assertThat(Duration.between(start, time.instant())).isEqualTo(Duration.ofSeconds(2));
        }
    }

    @Test
    void sendsBytesNoFasterThanItMay() throws IOException {
        byte[] content = new byte[1_000_000];
        Descriptor blob = Descriptor.of(MediaTypes.LAYER, content);
        TestTime time = new TestTime();
        try (ScriptedRegistry registry = new ScriptedRegistry();
                RegistryClient client = new RegistryClient(
                        RegistryOptions.builder()
                                .access(name -> new RegistryAccess(
                                        Optional.empty(), Optional.empty(), Optional.empty(), 0, 100_000, List.of()))
                                .build(),
                        time,
                        time)) {
            registry.on("POST", "/v2/app/blobs/uploads/", ScriptedRegistry.status(202, "Location", "/up"));
            registry.on("PUT", "/up", ScriptedRegistry.status(201));
            Instant start = time.instant();

            client.repository(new RepositoryName(registry.name(), "app")).sendBlob(blob, BlobSource.of(content));

            assertThat(Duration.between(start, time.instant()))
                    .as("all but the last piece have had their time")
                    .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(10));
        }
    }

    @Test
    void goesThroughAProxy() throws IOException {
        try (ScriptedRegistry proxy = new ScriptedRegistry();
                RegistryClient client = new RegistryClient(RegistryOptions.builder()
                        .access(name -> new RegistryAccess(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new RegistryAccess.Proxy("127.0.0.1", proxy.port())),
                                0,
                                0,
                                List.of()))
                        .build())) {
            RegistryRepository repository = client.repository(new RepositoryName("127.0.0.1:1", "app"));

            assertThat(repository.resolve("v1")).isEmpty();

            assertThat(proxy.requests()).isEqualTo(List.of("HEAD http://127.0.0.1:1/v2/app/manifests/v1"));
        }
    }

    private static RegistryAccess access(Optional<Path> trusted, Optional<Identity> identity) {
        return new RegistryAccess(trusted, identity, Optional.empty(), 0, 0, List.of());
    }

    private static boolean push(String registry, RegistryAccess access) {
        byte[] bytes = {1, 2, 3};
        try (RegistryClient client = new RegistryClient(RegistryOptions.builder()
                .access(name -> access)
                .retries(new RetryLimits(1, Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .build())) {
            return client.repository(new RepositoryName(registry, "app"))
                    .putBlob(Descriptor.of(MediaTypes.LAYER, bytes), BlobSource.of(bytes));
        }
    }
}
