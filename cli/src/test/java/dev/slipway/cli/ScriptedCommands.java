package dev.slipway.cli;

import static dev.slipway.cli.gateway.ScriptedGateway.event;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.cli.gateway.ScriptedGateway;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.report.Terminal;
import dev.slipway.events.EventType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands in a directory with a Dockerfile, and keeps what they print. */
abstract class ScriptedCommands {
    static final String DIGEST = "sha256:" + "a".repeat(64);
    static final String INDEX =
            "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"digest\":\"%s\",\"size\":512}"
                    .formatted(DIGEST);

    @TempDir
    Path temp;

    /** Not in the context, which would be another one after each build. */
    @TempDir
    Path home;

    final ScriptedGateway gateway = new ScriptedGateway();
    final Map<String, String> environment = new HashMap<>();
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeContext() throws IOException {
        Files.writeString(temp.resolve("Dockerfile"), "FROM scratch\nCOPY app /app\n");
        Files.writeString(temp.resolve("app"), "content");
        environment.put("SLIPWAY_HOME", home.toString());
        environment.put("SLIPWAY_GATEWAY", gateway.url().toString());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    static String published(String id) {
        return event(id, EventType.IMAGE_PUBLISHED, """
                {"index":%s,"targets":[{"reference":"127.0.0.1:5000/x:1","state":"PUBLISHED"}]}""".formatted(INDEX).replace("\n", ""));
    }

    final int run(String... arguments) {
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), 0);
        return Main.run(new Context(terminal, environment, temp, InstantSource.system()), arguments);
    }
}
