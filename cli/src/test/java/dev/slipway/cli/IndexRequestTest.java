package dev.slipway.cli;

import static dev.slipway.cli.gateway.ScriptedGateway.BUILD;
import static dev.slipway.cli.gateway.ScriptedGateway.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.gateway.ScriptedGateway;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.report.Terminal;
import dev.slipway.events.EventType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code index append|remove --publish}: what is asked for, and what becomes of the answers. */
class IndexRequestTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String PUBLISHED = """
            {"index":{"mediaType":"m","digest":"%s","size":7},
             "targets":[{"reference":"eu.example/shop:2","state":"PUBLISHED"}]}""".formatted(DIGEST).replace("\n", "");

    @TempDir
    Path temp;

    private final ScriptedGateway gateway = new ScriptedGateway();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void asksForExactlyWhatTheOptionsSay() throws IOException {
        gateway.stream(event("1", EventType.IMAGE_PUBLISHED, PUBLISHED));

        int code = run(
                "index",
                "append",
                "eu.example/shop:1",
                "--image",
                "eu.example/arm:1",
                "-t",
                "2",
                "-t",
                "us.example/shop:2",
                "--publish",
                "--sign");

        assertThat(code).as(err.toString(UTF_8)).isZero();
        assertThat(new ObjectMapper().readTree(gateway.submitted().getFirst()))
                .isEqualTo(new ObjectMapper().readTree("""
                                {"reference":"eu.example/shop:1","append":["eu.example/arm:1"],
                                 "tags":["eu.example/shop:2","us.example/shop:2"],"sign":true,"requester":"%s"}""".formatted(System.getProperty("user.name"))));
        assertThat(gateway.submittedHeaders().getFirst().get("Ce-type"))
                .containsExactly("dev.slipway.index.change-requested.v1");
        assertThat(out.toString(UTF_8)).contains(DIGEST, "eu.example/shop:2", BUILD);
    }

    @Test
    void goesBackToItsOwnTagUnlessTold() throws IOException {
        gateway.stream(event("1", EventType.IMAGE_PUBLISHED, PUBLISHED));

        assertThat(run("index", "remove", "eu.example/shop:1", "--platform", "linux/arm64", "--publish"))
                .isZero();

        assertThat(new ObjectMapper().readTree(gateway.submitted().getFirst()).path("tags"))
                .hasToString("[\"eu.example/shop:1\"]");
    }

    @Test
    void saysWhyItFailed() {
        gateway.stream(event(
                "1",
                EventType.IMAGE_ASSEMBLY_FAILED,
                "{\"failures\":[{\"code\":\"IMAGE_NOT_FOUND\",\"message\":\"eu.example/shop has no 1\"}]}"));

        assertThat(run("index", "remove", "eu.example/shop:1", "--platform", "linux/arm64", "--publish"))
                .isEqualTo(1);

        assertThat(err.toString(UTF_8)).contains("IMAGE_NOT_FOUND: eu.example/shop has no 1", BUILD);
    }

    @Test
    void doesNotSignByItself() {
        assertThat(run("index", "remove", "eu.example/shop:1", "--platform", "linux/arm64", "--sign"))
                .isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("--sign needs --publish");
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), 0);
        Map<String, String> environment =
                Map.of("SLIPWAY_GATEWAY", gateway.url().toString(), "SLIPWAY_HOME", temp.toString());
        return Main.run(new Context(terminal, environment, temp, InstantSource.system()), arguments);
    }
}
