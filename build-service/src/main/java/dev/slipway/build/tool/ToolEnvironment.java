package dev.slipway.build.tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The environment of tools: little of this process's own, and the trace that they are to join. */
public final class ToolEnvironment {
    private static final List<String> HANDED_ON = List.of(
            "PATH",
            "HOME",
            "DOCKER_CONFIG",
            "XDG_RUNTIME_DIR",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy");

    private final Map<String, String> own;
    private final Supplier<Map<String, String>> trace;

    /**
     * Sets up.
     *
     * @param own this process's environment
     * @param trace the W3C trace context of the calling thread, by the names of its header fields
     */
    public ToolEnvironment(Map<String, String> own, Supplier<Map<String, String>> trace) {
        this.own = Map.copyOf(own);
        this.trace = trace;
    }

    /**
     * For a tool that is to be started by the calling thread.
     *
     * @param temporary directory for what the tool puts away
     */
    public Map<String, String> forTool(Path temporary) {
        Map<String, String> environment = new LinkedHashMap<>();
        HANDED_ON.stream().filter(own::containsKey).forEach(name -> environment.put(name, own.get(name)));
        environment.put("TMPDIR", temporary.toString());
        trace.get().forEach((field, value) -> environment.put(field.toUpperCase(Locale.ROOT), value));
        return environment;
    }

    /** Docker's file of credentials, which Slipway's own registry client reads too. */
    public Optional<Path> credentials() {
        String configured = own.getOrDefault("DOCKER_CONFIG", "");
        Path directory =
                configured.isEmpty() ? Path.of(own.getOrDefault("HOME", "/")).resolve(".docker") : Path.of(configured);
        return Optional.of(directory.resolve("config.json")).filter(Files::isReadable);
    }
}
