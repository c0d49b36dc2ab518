package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.Topic;
import dev.slipway.local.registry.Http;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningMainTest {
    @TempDir
    private static Path data;

    private static ForkedMain main;

    @TempDir
    Path other;

    @BeforeAll
    static void start() throws IOException {
        main = ForkedMain.start(
                data, "--kafka-port", "0", "--spans-port", "0", "--registry", "0", "--registry", "0:two");
    }

    @AfterAll
    static void stop() {
        main.close();
    }

    @Test
    void answersHealthWithItsEndpoints() {
        Http spans = new Http(main.spans().substring("http://".length()));

        assertThat(spans.get("/health").statusCode()).isEqualTo(200);
        assertThat(spans.get("/health").body()).contains(main.kafka(), main.registry(0), main.registry(1));
        assertThat(spans.get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void servesEachRegistryFromADirectoryOfItsOwn() {
        new Http(main.registry(0)).post("/v2/app/blobs/uploads/");

        assertThat(new Http(main.registry(0)).get("/v2/app/tags/list").statusCode())
                .isEqualTo(200);
        assertThat(new Http(main.registry(1)).get("/v2/app/tags/list").statusCode())
                .isEqualTo(404);
    }

    @Test
    void refusesADirectoryThatIsInUse() throws Exception {
        Path errors = other.resolve("errors");

        int exitCode = ForkedMain.fork(data, errors, "--kafka-port", "0", "--spans-port", "0")
                .waitFor();

        assertThat(exitCode).isEqualTo(1);
        assertThat(errors).hasContent(data + " is in use by another process");
    }

    @Test
    void declaresTopicsOnAnExternalBroker() throws Exception {
        try (ForkedMain user = ForkedMain.start(
                        other,
                        "--kafka",
                        main.kafka(),
                        "--spans-port",
                        "0",
                        "--tenant",
                        "payments",
                        "--partitions",
                        "2");
                Admin admin = Admin.create(Map.of("bootstrap.servers", main.kafka()))) {
            assertThat(user.kafka()).isEqualTo(main.kafka());
            assertThat(admin.listTopics().names().get())
                    .contains(Topic.requestsOf("payments"), Topic.requestsOf("default"));
        }
    }
}
