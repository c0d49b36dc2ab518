package dev.slipway.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The whole stack as {@code slipway up} starts it, with a home and ports of its own. */
final class Stack implements AutoCloseable {
    static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path home;
    private final int gatewayPort;
    private final int kafkaPort;
    private final int spansPort;
    private final int registryPort;

    private final List<String> options;
    private final Map<String, String> environment;

    private Stack(Path home, List<String> options, Map<String, String> environment) {
        this.options = options;
        this.environment = environment;
        List<Integer> ports = Ports.free(4);
        this.home = home;
        this.gatewayPort = ports.get(0);
        this.kafkaPort = ports.get(1);
        this.spansPort = ports.get(2);
        this.registryPort = ports.get(3);
    }

    static Stack start() {
        return start(List.of(), Map.of());
    }

    /** One that signs what asks for it. */
    static Stack startWithKey(Path key, String password) {
        return start(List.of("--sign-key", key.toString()), Map.of("COSIGN_PASSWORD", password));
    }

    /** One that lets only images pass that keep rules. */
    static Stack startWithPolicies(Path directory) {
        return start(List.of("--policy", directory.toString()), Map.of());
    }

    /** One that builds Dockerfiles with RUN, with programs of others that may lie beside PATH. */
    static Stack startWithBuilders(String... options) {
        return start(List.of(options), Map.of("PATH", System.getenv("PATH") + ":/opt/peers/usr/bin"));
    }

    /** One that passes all spans on. */
    static Stack startWithTracesTo(String otlp) {
        return start(List.of("--otlp", otlp), Map.of());
    }

    /** One on a broker that is there, with a file of client properties for each process, and rules for tenants. */
    static Stack startOnKafka(String bootstrapServers, Path configurations, Path access) {
        return start(
                List.of(
                        "--kafka",
                        bootstrapServers,
                        "--kafka-config",
                        configurations.toString(),
                        "--access",
                        access.toString()),
                Map.of());
    }

    private static Stack start(List<String> options, Map<String, String> environment) {
        try {
            Stack stack = new Stack(Files.createTempDirectory("slipway-it"), options, environment);
            try {
                stack.up();
            } catch (AssertionError e) {
                stack.close();
                throw e;
            }
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts what does not run. */
    void up() {
        List<String> words = new ArrayList<>(List.of(
                "up",
                "--gateway-port",
                Integer.toString(gatewayPort),
                "--kafka-port",
                Integer.toString(kafkaPort),
                "--spans-port",
                Integer.toString(spansPort),
                "--registry-port",
                Integer.toString(registryPort)));
        words.addAll(options);
        Command up = slipway(words.toArray(String[]::new));
        if (up.exitCode() != 0) {
            throw new AssertionError("slipway up failed: " + up.printed() + logs());
        }
    }

    String registry() {
        return "127.0.0.1:" + registryPort;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    String gateway() {
        return "http://127.0.0.1:" + gatewayPort;
    }

    BuildLog log() {
        return new BuildLog(bootstrapServers());
    }

    /** Runs the launcher on this stack. Maven has packaged everything by then, so it builds nothing. */
    Command slipway(String... arguments) {
        return slipwayWithin(LIMIT, arguments);
    }

    /** The same; it fails where the command takes longer. */
    Command slipwayWithin(Duration limit, String... arguments) {
        List<String> words = new ArrayList<>(List.of(ROOT.resolve("slipway").toString()));
        words.addAll(List.of(arguments));
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(Map.of("SLIPWAY_HOME", home.toString(), "SLIPWAY_BUILD", "never"));
        return Command.run(ROOT, all, limit, words);
    }

    /** Ends a process of the stack at once, as an out-of-memory kill or a lost machine would. */
    void kill(String name) {
        ProcessHandle process = ProcessHandle.of(pid(name)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private long pid(String name) {
        try {
            JsonNode stack =
                    new ObjectMapper().readTree(home.resolve("stack.json").toFile());
            for (JsonNode process : stack.path("processes")) {
                if (process.path("name").asText().equals(name)) {
                    return process.path("pid").asLong();
                }
            }
            throw new AssertionError("no process '%s' in %s".formatted(name, stack));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String logs() {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(home.resolve("logs"))) {
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file);
                all.append("%n== %s%n".formatted(file.getFileName()));
                lines.subList(Math.max(0, lines.size() - 30), lines.size())
                        .forEach(line -> all.append(line).append('\n'));
            }
        } catch (IOException e) {
            all.append(e);
        }
        return all.toString();
    }

    /** Stops everything and removes its data. */
    @Override
    public void close() {
        Command down = slipway("down");
        if (down.exitCode() != 0) {
            throw new AssertionError("slipway down failed: " + down.printed());
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
