package dev.slipway.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.Topic;
import dev.slipway.local.registry.Http;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMainTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @TempDir
    Path data;

    @Test
    void keepsAllThatWasAcknowledgedWhenItIsKilledInTheMiddleOfAnUpload() throws Exception {
        byte[] pushed = random(100_000);
        byte[] half = random(5_000_000);
        String upload;
        try (ForkedMain first = start()) {
            push(first, pushed);
            send(first, Topic.IMAGE_PUBLISHED, "a fact");
            postSpan(first);
            upload = begin(first);
            try (Socket socket = sendHalf(first, upload, half)) {
                awaitBytesOnDisk();

                first.kill();
            }
        }
        try (ForkedMain second = start()) {
            Http registry = new Http(second.registry(0));

            assertThat(registry.get("/v2/app/blobs/" + Digest.of(pushed)).statusCode())
                    .isEqualTo(200);
            assertThat(registry.head("/v2/app/blobs/" + Digest.of(half)).statusCode())
                    .isEqualTo(404);
            assertThat(receive(second, Topic.IMAGE_PUBLISHED)).isEqualTo("a fact");
            assertThat(new Http(second.spans().substring("http://".length()))
                            .get("/v1/traces/" + TRACE)
                            .body())
                    .contains("a span");
            assertThat(resume(registry, upload, half)).isEqualTo(201);
            assertThat(registry.head("/v2/app/blobs/" + Digest.of(half)).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void endsSoonAndCleanlyOnSigterm() throws Exception {
        try (ForkedMain main = start()) {
            long before = System.nanoTime();

            int exitCode = main.terminate();

            assertThat(exitCode).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
            assertThat(data.resolve("kafka/.kafka_cleanshutdown")).exists();
        }
    }

    @Test
    void namesThePortThatIsTakenAndWhatItWasFor() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path errors = data.resolve("errors");

            int exitCode = ForkedMain.fork(
                            data.resolve("d"),
                            errors,
                            "--kafka-port",
                            "0",
                            "--spans-port",
                            "0",
                            "--registry",
                            Integer.toString(taken.getLocalPort()))
                    .waitFor();

            assertThat(exitCode).isEqualTo(3);
            assertThat(errors)
                    .hasContent("port %d is taken: it is for a registry (--registry)".formatted(taken.getLocalPort()));
        }
    }

    private ForkedMain start() throws IOException {
        return ForkedMain.start(
                data, "--kafka-port", "0", "--spans-port", "0", "--registry", "0", "--registry", "0:two");
    }

    private static void push(ForkedMain main, byte[] content) {
        String location = begin(main);
        new Http(main.registry(0)).send("PUT", location + "?digest=" + Digest.of(content), content);
    }

    private static String begin(ForkedMain main) {
        return new Http(main.registry(0))
                .post("/v2/app/blobs/uploads/")
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    /** A request that says that it brings everything, and brings half. */
    private static Socket sendHalf(ForkedMain main, String upload, byte[] content) throws IOException {
        String[] address = main.registry(0).split(":");
        Socket socket = new Socket(address[0], Integer.parseInt(address[1]));
        OutputStream out = socket.getOutputStream();
        out.write("PUT %s?digest=%s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
                .formatted(upload, Digest.of(content), content.length)
                .getBytes(UTF_8));
        out.write(content, 0, content.length / 2);
        out.flush();
        return socket;
    }

    private void awaitBytesOnDisk() {
        Awaitility.await().until(() -> {
            try (Stream<Path> uploads = Files.list(data.resolve("registry/repositories/app/_uploads"))) {
                return uploads.anyMatch(file -> file.toFile().length() > 1_000_000);
            }
        });
    }

    private static int resume(Http registry, String upload, byte[] content) {
        String range = registry.get(upload).headers().firstValue("Range").orElseThrow();
        int length = Integer.parseInt(range.substring("0-".length())) + 1;
        byte[] rest = Arrays.copyOfRange(content, length, content.length);
        return registry.send("PUT", upload + "?digest=" + Digest.of(content), rest)
                .statusCode();
    }

    private static void postSpan(ForkedMain main) {
        String body = """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"b7ad6b7169203331","name":"a span"}]}]}]}""".formatted(TRACE);
        int status = new Http(main.spans().substring("http://".length()))
                .send("POST", "/v1/traces", body.getBytes(UTF_8), "Content-Type", "application/json")
                .statusCode();
        assertThat(status).isEqualTo(200);
    }

    private static void send(ForkedMain main, Topic topic, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", main.kafka()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic.topicName(), value)).get();
        }
    }

    private static String receive(ForkedMain main, Topic topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", main.kafka(), "group.id", "test", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic.topicName()));
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (System.nanoTime() < deadline) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    return record.value();
                }
            }
        }
        throw new AssertionError("no record came on " + topic);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
