package dev.slipway.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link LocalMain} in a process of its own. */
record ForkedMain(Process process, Path errors, JsonNode endpoints) implements AutoCloseable {

    /** Returns when it is ready. */
    static ForkedMain start(Path data, String... arguments) throws IOException {
        Path errors = Files.createTempFile("local-main", ".err");
        Process process = fork(data, errors, arguments);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null || !line.startsWith("READY ")) {
            throw new AssertionError("not ready: '%s', %s".formatted(line, Files.readString(errors)));
        }
        return new ForkedMain(process, errors, new ObjectMapper().readTree(line.substring("READY ".length())));
    }

    static Process fork(Path data, Path errors, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.slipway.local.LocalMain",
                "--data",
                data.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

    String kafka() {
        return endpoints.path("kafka").asText();
    }

    String registry(int index) {
        return endpoints.path("registries").path(index).asText();
    }

    String spans() {
        return endpoints.path("spans").asText();
    }

    /** As an out-of-memory kill would. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM. Returns the exit code. */
    int terminate() {
        process.destroy();
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
