package dev.slipway.cli.stack;

import dev.slipway.cli.process.Installation;
import dev.slipway.cli.process.ProcessRecord;
import dev.slipway.cli.process.ProcessSpec;
import dev.slipway.cli.process.ProcessSpec.WantedPort;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.signing.keys.ReadKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The processes of a stack: the broker, registry and span store in one, and every service on its own. */
final class StackLayout {
    static final String LOCAL = "local";
    static final String GATEWAY = "gateway";
    private static final String BUILD = "build-service";
    private static final String MANIFEST = "manifest-service";
    private static final String PUSH = "push-service";
    private static final String WARMUP = "warmup-service";
    static final List<String> WORKERS = List.of(BUILD, MANIFEST, PUSH, WARMUP);

    /** Services hold little: what is large is streamed. The broker caches in the operating system's pages. */
    private static final Map<String, String> HEAP =
            Map.of(LOCAL, "-Xmx160m", BUILD, "-Xmx160m", PUSH, "-Xmx128m", GATEWAY, "-Xmx128m");

    private static final String DEFAULT_HEAP = "-Xmx96m";

    /**
     * More than half of what a start costs is compiling. All others wait for the broker, so it compiles later; what it does in
     * the end takes as long.
     */
    private static final double BROKER_COMPILES_LATER = 4.0;

    private final Installation installation;
    private final StackHome home;

    StackLayout(Installation installation, StackHome home) {
        this.installation = installation;
        this.home = home;
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(LOCAL);
        names.addAll(WORKERS);
        names.add(GATEWAY);
        return names;
    }

    ProcessSpec spec(String name, StackOptions options, int healthPort) {
        return switch (name) {
            case LOCAL -> local(options);
            case GATEWAY ->
                service(
                        name,
                        options,
                        options.gatewayPort(),
                        List.of(new WantedPort(options.gatewayPort(), "the gateway", "--gateway-port")));
            default -> service(name, options, healthPort, List.of());
        };
    }

    private ProcessSpec local(StackOptions options) {
        List<String> arguments = new ArrayList<>(List.of("--data", home.data().toString()));
        List<WantedPort> ports = new ArrayList<>();
        options.kafkaConfig()
                .ifPresent(config -> arguments.addAll(List.of("--kafka-config", kafkaConfig(config, LOCAL))));
        options.kafka().ifPresentOrElse(kafka -> arguments.addAll(List.of("--kafka", kafka)), () -> {
            arguments.addAll(List.of("--kafka-port", Integer.toString(options.kafkaPort())));
            ports.add(new WantedPort(options.kafkaPort(), "the Kafka broker", "--kafka-port"));
        });
        for (int i = 0; i < options.registryPorts().size(); i++) {
            int port = options.registryPorts().get(i);
            arguments.addAll(List.of("--registry", i == 0 ? Integer.toString(port) : port + ":registry-" + (i + 1)));
            ports.add(new WantedPort(port, "the registry", "--registry-port"));
        }
        arguments.addAll(List.of("--spans-port", Integer.toString(options.spansPort())));
        ports.add(new WantedPort(options.spansPort(), "the span store", "--spans-port"));
        options.otlp().ifPresent(url -> arguments.addAll(List.of("--otlp", url)));
        return new ProcessSpec(
                LOCAL,
                jvmOptions(LOCAL),
                List.of("-cp", installation.jar(LOCAL).toString(), "dev.slipway.local.LocalMain"),
                arguments,
                ports,
                options.spansPort(),
                "/health",
                home.log(LOCAL),
                Set.of());
    }

    private ProcessSpec service(String name, StackOptions options, int port, List<WantedPort> ports) {
        List<String> jvm = new ArrayList<>(jvmOptions(name));
        configuration(name, options, port).forEach((key, value) -> jvm.add("-D" + key + "=" + value));
        return new ProcessSpec(
                name,
                jvm,
                List.of("-jar", installation.application(name).toString()),
                List.of(),
                ports,
                port,
                "/q/health/ready",
                home.log(name),
                name.equals(MANIFEST) ? Set.of(ReadKey.PASSWORD) : Set.of());
    }

    private Map<String, String> builders(StackOptions.Builders builders) {
        Map<String, String> settings = new java.util.TreeMap<>();
        settings.put(
                "slipway.worker.secrets", home.directory().resolve("secrets").toString());
        settings.put("slipway.worker.ssh", home.directory().resolve("ssh").toString());
        builders.buildah().ifPresent(program -> {
            settings.put("slipway.builders.buildah.enabled", "true");
            settings.put("slipway.builders.buildah.program", program);
            settings.put(
                    "slipway.builders.buildah.storage",
                    home.data().resolve("buildah").toString());
        });
        builders.buildkit().ifPresent(address -> settings.put("slipway.builders.buildkit.address", address));
        return settings;
    }

    private Map<String, String> configuration(String name, StackOptions options, int port) {
        Map<String, String> common = new java.util.TreeMap<>(Map.of(
                "kafka.bootstrap.servers", options.kafkaServers(),
                "slipway.staging", options.stagingRepository(),
                "quarkus.http.host", "127.0.0.1",
                "quarkus.http.port", Integer.toString(port),
                "quarkus.otel.exporter.otlp.endpoint", options.spansUrl(),
                "quarkus.otel.exporter.otlp.protocol", "http/protobuf",
                "quarkus.banner.enabled", "false"));
        options.kafkaConfig().ifPresent(config -> common.put("slipway.kafka.config", kafkaConfig(config, name)));
        switch (name) {
            case BUILD -> {
                common.putAll(Map.of(
                        "slipway.roles",
                        "planner,scheduler,worker",
                        "slipway.worker.id",
                        "local-1",
                        "slipway.signing",
                        Boolean.toString(options.signKey().isPresent())));
                common.putAll(builders(options.builders()));
            }
            case MANIFEST -> {
                options.signKey().ifPresent(key -> common.put("slipway.signing.key", key));
                options.policies().ifPresent(directory -> common.put("slipway.policies", directory));
            }
            case PUSH -> options.access().ifPresent(file -> common.put("slipway.push.access", file));
            case GATEWAY -> common.put("slipway.spans", options.spansUrl());
            case WARMUP -> common.putAll(clusters(options.clusters()));
            default -> {}
        }
        return common;
    }

    private static Map<String, String> clusters(StackOptions.Clusters clusters) {
        Map<String, String> settings = new java.util.TreeMap<>();
        clusters.kubeconfig()
                .ifPresent(file -> clusters.contexts().forEach(context -> {
                    String cluster = "slipway.warmup.clusters.\"%s\".".formatted(context);
                    settings.put(cluster + "kubeconfig", file);
                    settings.put(cluster + "context", context);
                }));
        return settings;
    }

    private static String kafkaConfig(String config, String process) {
        Path path = Path.of(config);
        Path file = Files.isDirectory(path) ? path.resolve(process + ".properties") : path;
        if (!Files.isReadable(file)) {
            throw CommandFailure.usage("--kafka-config: %s is no file that can be read".formatted(file));
        }
        return file.toString();
    }

    private List<String> jvmOptions(String name) {
        double scaling = name.equals(LOCAL) ? BROKER_COMPILES_LATER : 1.0;
        return List.of(
                "-XX:CompileThresholdScaling=" + scaling,
                "--sun-misc-unsafe-memory-access=allow", // or protobuf warns in every log
                "-XX:+UseSerialGC",
                HEAP.getOrDefault(name, DEFAULT_HEAP),
                "-XX:+UseCompactObjectHeaders",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-D" + ProcessRecord.NAME_PROPERTY + "=" + name);
    }
}
