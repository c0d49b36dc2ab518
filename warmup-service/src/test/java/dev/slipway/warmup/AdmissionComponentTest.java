package dev.slipway.warmup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.events.TagStateEvent.TagMoved;
import dev.slipway.events.Topic;
import dev.slipway.kit.events.TraceParent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The webhook over TLS, fed by a real broker. */
@QuarkusTest
@QuarkusTestResource(Peers.class)
@QuarkusTestResource(value = AdmissionComponentTest.Certificates.class, restrictToAnnotatedClass = true)
class AdmissionComponentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final String buildId = UUID.randomUUID().toString().replace("-", "");

    /** As a mounted secret has them; the configuration is that of the Kubernetes component. */
    public static final class Certificates implements QuarkusTestResourceLifecycleManager {
        static final int PORT = freePort();

        private static final AtomicReference<Path> DIRECTORY = new AtomicReference<>(Path.of(""));

        @Override
        public Map<String, String> start() {
            Path directory;
            try {
                directory = Files.createTempDirectory("slipway-admission");
                DIRECTORY.set(directory);
                make();
            } catch (IOException | InterruptedException | GeneralSecurityException e) {
                throw new AssertionError("no certificate", e);
            }
            return Map.of(
                    "quarkus.http.test-ssl-port",
                    Integer.toString(PORT),
                    "quarkus.http.insecure-requests",
                    "enabled",
                    "quarkus.http.tls-configuration-name",
                    "admission",
                    "quarkus.tls.admission.key-store.pem.admission.cert",
                    directory.resolve("tls.crt").toString(),
                    "quarkus.tls.admission.key-store.pem.admission.key",
                    directory.resolve("tls.key").toString(),
                    "quarkus.tls.admission.reload-period",
                    "1s");
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The next one; the files have it when this returns. */
        static SelfSigned make() throws IOException, InterruptedException, GeneralSecurityException {
            Path directory = DIRECTORY.get();
            SelfSigned next = SelfSigned.make(directory);
            next.write(directory.resolve("tls.crt"), directory.resolve("tls.key"));
            return next;
        }

        @Override
        public void stop() {}
    }

    private static JsonNode ask(SelfSigned trusted) throws IOException, InterruptedException, GeneralSecurityException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.trusting()).build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + Certificates.PORT + "/admission"))
                            .timeout(Duration.ofSeconds(10))
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"request\":{\"uid\":\"u1\",\"object\":{\"spec\":{\"containers\":[{\"image\":"
                                            + "\"a.test/hook:1\",\"imagePullPolicy\":\"IfNotPresent\"}]}}}}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return JSON.readTree(answer.body()).path("response");
        }
    }

    @Test
    void pinsWhatEventsSayAndShowsANewCertificateWithoutARestart() throws Exception {
        try (Bus bus = new Bus(
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class), Topic.DEAD_LETTER)) {
            bus.say(
                    "/slipway/push-service",
                    buildId,
                    new TagMoved("a.test/hook:1", DIGEST, buildId, Instant.now()),
                    new TraceParent("00-" + buildId + "-" + "2".repeat(16) + "-01"));
        }
        SelfSigned first = Certificates.make();
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> ask(first).has("patch"));
        JsonNode response = ask(first);
        assertThat(response.path("uid").asText()).isEqualTo("u1");
        assertThat(new String(Base64.getDecoder().decode(response.path("patch").asText()), UTF_8))
                .contains("a.test/hook:1@" + DIGEST);

        SelfSigned second = Certificates.make();

        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> ask(second).has("patch"));
    }
}
