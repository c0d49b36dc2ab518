package dev.slipway.cli;

import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.process.ClassCaches;
import dev.slipway.cli.process.Installation;
import dev.slipway.cli.report.Columns;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.Terminal;
import dev.slipway.cli.stack.Stack;
import dev.slipway.cli.stack.StackHome;
import dev.slipway.cli.stack.StackOptions;
import dev.slipway.signing.keys.ReadKey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway up}. */
final class UpCommand implements Subcommand {
    private static final Pattern CURRENT_CONTEXT =
            Pattern.compile("^\"?current-context\"?:[ \\t]*[\"']?([^\\s\"',]+)", Pattern.MULTILINE);

    private final Context context;

    UpCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "up",
                        "Starts the local stack: a Kafka broker, an OCI registry, a span store and the services, each"
                                + " service a process of its own, and waits until all are ready. What runs already is left"
                                + " alone.")
                .addOption(Options.text("--kafka", "HOST:PORT", "Use this broker and start none."))
                .addOption(Options.text(
                        "--kafka-config",
                        "PATH",
                        "What clients of that broker need beside its address, as TLS and SASL: a file of Kafka's own"
                                + " properties, or a directory with one for each process (push-service.properties, …,"
                                + " local.properties, which declares the topics)."))
                .addOption(port("--kafka-port", "the broker", StackOptions.DEFAULT_KAFKA_PORT))
                .addOption(Options.repeatedNumber(
                        "--registry-port",
                        "PORT",
                        "Where the registry listens: %d. Given more than once: one registry on each."
                                .formatted(StackOptions.DEFAULT_REGISTRY_PORT)))
                .addOption(Options.text(
                        "--staging",
                        "REF",
                        "Repository for contexts and results; by default slipway/staging on the local registry."))
                .addOption(Options.text(
                        "--sign-key",
                        "FILE",
                        "Sign what 'build --sign' asks for with this private key: PKCS#8, or cosign's with its password in"
                                + " $COSIGN_PASSWORD."))
                .addOption(Options.text(
                        "--policy",
                        "DIR",
                        "Let only images pass that keep the rules in this directory; 'policy test' tries them."))
                .addOption(Options.text(
                        "--access",
                        "FILE",
                        "Let tenants publish and roll back only the tags that this file says; requests of this machine are of the"
                                + " tenant 'default'."))
                .addOption(Options.text("--otlp", "URL", "Forward all spans there, by OTLP over HTTP."))
                .addOption(
                        Options.text(
                                "--buildah",
                                "PROGRAM",
                                "Builds Dockerfiles with RUN; by default the buildah on PATH, where there is one. 'none' for none."))
                .addOption(Options.text(
                        "--buildkit",
                        "ADDR",
                        "Address of a BuildKit daemon that builds Dockerfiles with RUN: unix:///run/buildkit/buildkitd.sock"
                                + " or tcp://HOST:PORT. Needs the program buildctl."))
                .addOption(Options.text(
                        "--kubeconfig",
                        "FILE",
                        "Warm published images on clusters of this file; their namespace slipway-warmup must exist."))
                .addOption(Options.repeated(
                        "--context",
                        "NAME",
                        "A cluster of the kubeconfig; may be repeated. By default its current context."))
                .addOption(port("--gateway-port", "the gateway", StackOptions.DEFAULT_GATEWAY_PORT))
                .addOption(port("--spans-port", "the span store", StackOptions.DEFAULT_SPANS_PORT));
    }

    private static picocli.CommandLine.Model.OptionSpec port(String name, String of, int port) {
        return Options.number(name, "PORT", "Where %s listens: %d.".formatted(of, port));
    }

    @Override
    public int run(ParseResult given) {
        StackOptions options = Checked.stackOptions(new StackOptions(
                Options.text(given, "--kafka"),
                kafkaConfig(given),
                Options.number(given, "--kafka-port", StackOptions.DEFAULT_KAFKA_PORT),
                Options.numbers(given, "--registry-port", List.of(StackOptions.DEFAULT_REGISTRY_PORT)),
                Options.text(given, "--staging"),
                Options.text(given, "--sign-key").map(this::signKey),
                Options.text(given, "--policy").map(this::policies),
                Options.text(given, "--access").map(this::access),
                Options.text(given, "--otlp"),
                Options.number(given, "--gateway-port", StackOptions.DEFAULT_GATEWAY_PORT),
                Options.number(given, "--spans-port", StackOptions.DEFAULT_SPANS_PORT),
                builders(given),
                clusters(given)));
        StackHome home = StackHome.of(context.environment());
        Terminal terminal = context.terminal();
        Stack stack = new Stack(
                Installation.ofProcess(context.environment()), home, ClassCaches.USE, new StackProgress(terminal));
        Stack.Up up = stack.up(options);
        terminal.print(
                switch (up.found()) {
                    case RUNNING -> "The stack is running already.";
                    case PARTLY_RUNNING -> "The stack is complete again.";
                    case DOWN -> "The stack is ready.";
                });
        endpoints(options, home).forEach(terminal::print);
        return 0;
    }

    private Optional<String> kafkaConfig(ParseResult given) {
        Optional<String> config = Options.text(given, "--kafka-config")
                .map(path -> context.workingDirectory()
                        .resolve(path)
                        .toAbsolutePath()
                        .normalize())
                .map(Path::toString);
        if (config.isPresent() && Options.text(given, "--kafka").isEmpty()) {
            throw CommandFailure.usage("--kafka-config is of a broker that is there already: name it with --kafka");
        }
        return config;
    }

    /** Read here too, so that a wrong password is heard of at once; the service that signs reads it for itself. */
    private String signKey(String file) {
        Path path = context.workingDirectory().resolve(file).toAbsolutePath().normalize();
        new ReadKey(context.environment()).signingKey(path.toString(), ReadKey.PASSWORD);
        return path.toString();
    }

    /** Only that it is there: what is in it is read by the service that asks the rules, and 'policy test' reads it too. */
    private String policies(String directory) {
        Path path =
                context.workingDirectory().resolve(directory).toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw CommandFailure.usage("--policy: there is no directory '%s'".formatted(path));
        }
        return path.toString();
    }

    /** Only that it is there, as with policies. */
    private String access(String file) {
        Path path = context.workingDirectory().resolve(file).toAbsolutePath().normalize();
        if (!Files.isRegularFile(path)) {
            throw CommandFailure.usage("--access: there is no file '%s'".formatted(path));
        }
        return path.toString();
    }

    private StackOptions.Builders builders(ParseResult given) {
        Optional<String> buildah =
                Options.text(given, "--buildah").map(this::buildah).orElseGet(() -> onPath("buildah"));
        Optional<String> buildkit = Options.text(given, "--buildkit");
        buildkit.ifPresent(address -> {
            if (!address.startsWith("unix://") && !address.startsWith("tcp://")) {
                throw CommandFailure.usage(
                        "--buildkit: '%s' is no address; expected unix:///path or tcp://host:port".formatted(address));
            }
            if (onPath("buildctl").isEmpty()) {
                throw CommandFailure.usage("--buildkit needs the program buildctl, and PATH has none");
            }
        });
        return new StackOptions.Builders(buildah, buildkit);
    }

    private StackOptions.Clusters clusters(ParseResult given) {
        List<String> contexts = Options.texts(given, "--context");
        Optional<Path> kubeconfig = Options.text(given, "--kubeconfig")
                .map(file -> context.workingDirectory()
                        .resolve(file)
                        .toAbsolutePath()
                        .normalize());
        if (kubeconfig.isEmpty()) {
            if (!contexts.isEmpty()) {
                throw CommandFailure.usage("--context is of a kubeconfig: name it with --kubeconfig");
            }
            return StackOptions.Clusters.NONE;
        }
        return new StackOptions.Clusters(
                kubeconfig.map(Path::toString),
                contexts.isEmpty() ? List.of(currentContext(kubeconfig.get())) : contexts);
    }

    /** The only line of the file that matters here; the service reads the rest of it. */
    private static String currentContext(Path kubeconfig) {
        try {
            return CURRENT_CONTEXT
                    .matcher(Files.readString(kubeconfig))
                    .results()
                    .map(match -> match.group(1))
                    .findFirst()
                    .orElseThrow(() -> CommandFailure.usage(
                            "--kubeconfig: %s has no current context; name one with --context".formatted(kubeconfig)));
        } catch (IOException e) {
            throw CommandFailure.usage("--kubeconfig: %s is no file that can be read".formatted(kubeconfig));
        }
    }

    private Optional<String> buildah(String program) {
        if (program.equals("none")) {
            return Optional.empty();
        }
        Optional<String> found = program.contains("/")
                ? Optional.of(context.workingDirectory().resolve(program))
                        .filter(Files::isExecutable)
                        .map(path -> path.toAbsolutePath().normalize().toString())
                : onPath(program);
        if (found.isEmpty()) {
            throw CommandFailure.usage("--buildah: there is no program '%s'".formatted(program));
        }
        return found;
    }

    private Optional<String> onPath(String program) {
        String path = context.environment().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static String builders(StackOptions.Builders builders) {
        return "embedded"
                + builders.buildah()
                        .map(program -> ", buildah (%s)".formatted(program))
                        .orElse("")
                + builders.buildkit()
                        .map(address -> ", buildkit (%s)".formatted(address))
                        .orElse("");
    }

    static List<String> endpoints(StackOptions options, StackHome home) {
        Columns columns = new Columns().row("  gateway", options.gatewayUrl()).row("  kafka", options.kafkaServers());
        for (int i = 0; i < options.registryPorts().size(); i++) {
            columns.row("  registry", options.registry(i));
        }
        return columns.row("  staging", options.stagingRepository())
                .row(
                        "  spans",
                        options.spansUrl()
                                + options.otlp()
                                        .map(url -> ", forwarded to " + url)
                                        .orElse(""))
                .row("  builders", builders(options.builders()))
                .row(
                        "  clusters",
                        options.clusters().contexts().isEmpty()
                                ? "none"
                                : String.join(", ", options.clusters().contexts()))
                .row("  data", home.directory().toString())
                .lines();
    }
}
