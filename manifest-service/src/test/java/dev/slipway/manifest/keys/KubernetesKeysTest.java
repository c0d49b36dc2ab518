package dev.slipway.manifest.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.local.kubernetes.ApiServer;
import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.signing.Images;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.oci.contract.Peer;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.signing.KeyException;
import dev.slipway.signing.Signer;
import dev.slipway.signing.image.SignImage;
import dev.slipway.signing.image.SignSubject;
import dev.slipway.signing.keys.ReadKey;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** cosign's key pair in a secret of a real API server, read by an account that may get it and nothing else. */
final class KubernetesKeysTest {
    private static final String KEY = "k8s://build/signing";

    @TempDir
    private static Path directory;

    private static ApiServer server;
    private static Map<String, String> asAdministrator;
    private static SigningKeys keys;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeTrue(
                ApiServer.missing().isEmpty(),
                () -> "skipped: the peer %s is not installed"
                        .formatted(ApiServer.missing().orElseThrow()));
        Peer cosign = Peer.orSkip("cosign");
        server = ApiServer.startTemporary();
        Path kubeconfig = Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig(server.adminToken()));
        asAdministrator = Map.of("KUBECONFIG", kubeconfig.toString(), "COSIGN_PASSWORD", "of a test");
        String token;
        try (KubernetesClient administrator = client(server.adminToken())) {
            administrator
                    .namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("build")
                            .endMetadata()
                            .build())
                    .create();
            cosign.run(asAdministrator, "generate-key-pair", "--output-key-prefix", file("cosign"));
            administrator.secrets().resource(secret("signing")).create();
            administrator.secrets().resource(secret("other")).create();
            token = tokenOfAnAccountThatMayGetTheSecret(administrator);
        }
        keys = new SigningKeys(
                new ReadKey(Map.of()),
                new KubernetesKeys(() -> client(token)),
                MemoryStore.alone(),
                Duration.ofSeconds(1));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void signsByTheSecret() throws IOException {
        Signer signer = keys.signer(KEY, "NONE");
        try (EmbeddedRegistry registry = EmbeddedRegistry.startTemporary();
                RegistryClient client = new RegistryClient()) {
            RepositoryName name = new RepositoryName(registry.address(), "team/app");
            RegistryRepository repository = client.repository(name);
            Child image = Images.push(repository, "linux/amd64", "a layer");
            String digest = image.manifest().digest().value();

            new SignImage(repository, name, new SignSubject(signer, signer), pause -> {})
                    .sign(digest, Instant.parse("2026-01-02T03:04:05Z"));

            assertThat(Peer.orSkip("cosign")
                            .run(
                                    asAdministrator,
                                    "verify",
                                    "--key",
                                    KEY,
                                    "--insecure-ignore-tlog=true",
                                    name + "@" + digest))
                    .contains(digest);
        }
    }

    @Test
    void saysThatItMayNotReadAnotherSecret() {
        assertThatThrownBy(() -> keys.signer("k8s://build/other", "NONE"))
                .isInstanceOf(KeyException.class)
                .hasMessage("k8s://build/other cannot be read: the API answered 403");
    }

    /** As cosign writes it; it does so itself to servers of a release only, and those built from source have no version. */
    private static Secret secret(String name) throws IOException {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("build")
                .withName(name)
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .addToStringData("cosign.key", Files.readString(Path.of(file("cosign.key"))))
                .addToStringData("cosign.pub", Files.readString(Path.of(file("cosign.pub"))))
                .addToStringData("cosign.password", "of a test")
                .build();
    }

    private static String tokenOfAnAccountThatMayGetTheSecret(KubernetesClient administrator) {
        var accounts = administrator.serviceAccounts().inNamespace("build");
        accounts.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("manifest-service")
                        .endMetadata()
                        .build())
                .create();
        administrator
                .rbac()
                .roles()
                .inNamespace("build")
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("signing")
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("secrets")
                        .withResourceNames("signing")
                        .withVerbs("get")
                        .endRule()
                        .build())
                .create();
        administrator
                .rbac()
                .roleBindings()
                .inNamespace("build")
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("signing")
                        .endMetadata()
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName("manifest-service")
                        .withNamespace("build")
                        .endSubject()
                        .withNewRoleRef()
                        .withApiGroup("rbac.authorization.k8s.io")
                        .withKind("Role")
                        .withName("signing")
                        .endRoleRef()
                        .build())
                .create();
        return accounts.withName("manifest-service")
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
    }

    private static KubernetesClient client(String token) {
        try {
            return new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(server.kubeconfig(token)))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }
}
