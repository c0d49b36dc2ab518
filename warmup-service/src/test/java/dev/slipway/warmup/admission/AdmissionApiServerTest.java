package dev.slipway.warmup.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.slipway.local.kubernetes.ApiServer;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.warmup.SelfSigned;
import dev.slipway.warmup.pull.Copies;
import dev.slipway.warmup.pull.DecidePullPolicy;
import dev.slipway.warmup.pull.PinImage;
import dev.slipway.warmup.pull.PullPolicyRules;
import dev.slipway.warmup.pull.TagIndex;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asked by a real kube-apiserver, by the configuration of the Kubernetes component. */
final class AdmissionApiServerTest {
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    private static final String SHOP = "registry.example.com/shop:1";

    private static final TagIndex TAGS = new TagIndex();
    private static final AtomicInteger ASKED = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static ApiServer server;
    private static HttpsServer hook;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws IOException, InterruptedException, GeneralSecurityException {
        assumeTrue(
                ApiServer.missing().isEmpty(),
                () -> "skipped: the peer %s is not installed"
                        .formatted(ApiServer.missing().orElseThrow()));
        TAGS.moved(new TagIndex.Named(Reference.parseTagged(SHOP), DIGEST, "b", Instant.EPOCH));
        SelfSigned certificate = SelfSigned.make(directory);
        hook = hook(certificate);
        server = ApiServer.startTemporary();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig(server.adminToken())))
                .build();
        namespace("with", Map.of("slipway.dev/admission", "enabled"));
        namespace("without", Map.of());
        try (InputStream text = Files.newInputStream(Path.of("../k8s/components/warmup-admission/webhook.yaml"))) {
            MutatingWebhookConfiguration configuration =
                    client.getKubernetesSerialization().unmarshal(text, MutatingWebhookConfiguration.class);
            configuration
                    .getWebhooks()
                    .getFirst()
                    .setClientConfig(new WebhookClientConfigBuilder()
                            .withUrl("https://127.0.0.1:%d/admission"
                                    .formatted(hook.getAddress().getPort()))
                            .withCaBundle(Base64.getEncoder()
                                    .encodeToString(certificate.certificatePem().getBytes(UTF_8)))
                            .build());
            client.resource(configuration).create();
        }
    }

    private static HttpsServer hook(SelfSigned certificate) throws IOException, GeneralSecurityException {
        AdmitPod admitPod = new AdmitPod(
                "local",
                new PinImage(
                        TAGS,
                        new DecidePullPolicy(
                                new PullPolicyRules(Duration.ofMinutes(5), 3, 0.95, Duration.ofMinutes(10)),
                                Pattern.compile("[0-9]+"),
                                new Copies(Instant::now),
                                Instant::now)),
                () -> true,
                () -> {});
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        https.setHttpsConfigurator(new HttpsConfigurator(certificate.showing()));
        https.createContext("/admission", exchange -> {
            ASKED.incrementAndGet();
            byte[] answer =
                    admitPod.admit(exchange.getRequestBody().readAllBytes()).orElseThrow();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        https.start();
        return https;
    }

    private static void namespace(String name, Map<String, String> labels) {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
        if (hook != null) {
            hook.stop(0);
        }
    }

    private static Container create(String namespace, String image, Map<String, String> labels) {
        return client.pods()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withGenerateName("shop-")
                        .withNamespace(namespace)
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("shop")
                        .withImage(image)
                        .endContainer()
                        .endSpec()
                        .build())
                .create()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    @Test
    void pinsThePodsOfNamespacesThatWantItAndAsksOfNoOthers() {
        // a new configuration is in effect some moments after it was taken
        await().atMost(Duration.ofSeconds(30))
                .until(() -> create("with", SHOP, Map.of()).getImage().equals(SHOP + "@" + DIGEST));
        assertThat(create("with", SHOP, Map.of(AdmitPod.CANARY, "true")).getImagePullPolicy())
                .isEqualTo("Always");
        assertThat(create("with", "registry.example.com/shop:10", Map.of()).getImage())
                .isEqualTo("registry.example.com/shop:10");
        int asked = ASKED.get();

        assertThat(create("without", SHOP, Map.of()).getImage()).isEqualTo(SHOP);
        assertThat(create("with", "other.example.com/shop:1", Map.of()).getImage())
                .isEqualTo("other.example.com/shop:1");

        assertThat(ASKED).as("of other namespaces and registries").hasValue(asked);
        hook.stop(0);
        assertThat(create("with", SHOP, Map.of()).getImage())
                .as("nobody answers, and the pod passes")
                .isEqualTo(SHOP);
    }
}
