package dev.slipway.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real Jaeger, in memory, on free ports. */
final class Jaeger implements AutoCloseable {
    static final String PROGRAM = "jaeger-all-in-one";

    private final Process process;
    private final int otlpPort;
    private final int queryPort;

    private Jaeger(Process process, int otlpPort, int queryPort) {
        this.process = process;
        this.otlpPort = otlpPort;
        this.queryPort = queryPort;
    }

    static Optional<Jaeger> startWhereInstalled() {
        return Peers.find(PROGRAM).map(program -> start(program.toString()));
    }

    private static Jaeger start(String program) {
        List<Integer> ports = Ports.free(7);
        List<String> words = new ArrayList<>(List.of(program, "--log-level", "error"));
        List<String> servers = List.of(
                "collector.otlp.http",
                "query.http-server",
                "collector.otlp.grpc",
                "query.grpc-server",
                "collector.grpc-server",
                "collector.http-server",
                "admin.http");
        for (int i = 0; i < servers.size(); i++) {
            words.add("--%s.host-port=127.0.0.1:%d".formatted(servers.get(i), ports.get(i)));
        }
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Jaeger jaeger = new Jaeger(process, ports.get(0), ports.get(1));
            Eventually.get(Duration.ofSeconds(30), () -> Http.answers(jaeger.query("services")), up -> up);
            return jaeger;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String otlp() {
        return "http://127.0.0.1:" + otlpPort;
    }

    /** What Jaeger's own page asks for; empty while it knows nothing of the trace. */
    Optional<JsonNode> trace(String traceId) {
        return Http.json(query("traces/" + traceId)).map(answer -> answer.at("/data/0"));
    }

    private String query(String path) {
        return "http://127.0.0.1:%d/api/%s".formatted(queryPort, path);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
