package dev.slipway.cli;

import dev.slipway.cli.process.ClassCaches;
import dev.slipway.cli.process.Installation;
import dev.slipway.cli.report.Columns;
import dev.slipway.cli.report.Terminal;
import dev.slipway.cli.stack.Stack;
import dev.slipway.cli.stack.StackHome;
import dev.slipway.cli.stack.StackOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Starts the local stack: a Kafka broker, an OCI registry, a span store and the services, each service a "
                        + "process of its own, and waits until all are ready. What runs already is left alone.")
final class UpCommand implements Callable<Integer> {
    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Use this broker and start none.")
    private @Nullable String kafka;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Of the broker: ${DEFAULT-VALUE}.")
    private int kafkaPort = StackOptions.DEFAULT_KAFKA_PORT;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            description = "Of the registry: ${DEFAULT-VALUE}. Given more than once: one registry on each.")
    private List<Integer> registryPorts = List.of(StackOptions.DEFAULT_REGISTRY_PORT);

    @Option(
            names = "--staging",
            paramLabel = "REF",
            description = "Repository for contexts and results; by default slipway/staging on the local registry.")
    private @Nullable String staging;

    @Option(names = "--otlp", paramLabel = "URL", description = "Forward all spans there, by OTLP over HTTP.")
    private @Nullable String otlp;

    @Option(names = "--gateway-port", paramLabel = "PORT", description = "Of the gateway: ${DEFAULT-VALUE}.")
    private int gatewayPort = StackOptions.DEFAULT_GATEWAY_PORT;

    @Option(names = "--spans-port", paramLabel = "PORT", description = "Of the span store: ${DEFAULT-VALUE}.")
    private int spansPort = StackOptions.DEFAULT_SPANS_PORT;

    private final Context context;

    UpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        StackOptions options = Checked.stackOptions(
                Optional.ofNullable(kafka),
                kafkaPort,
                registryPorts,
                Optional.ofNullable(staging),
                Optional.ofNullable(otlp),
                gatewayPort,
                spansPort);
        StackHome home = StackHome.of(context.environment());
        Terminal terminal = context.terminal();
        Stack stack = new Stack(
                Installation.ofProcess(context.environment()), home, ClassCaches.USE, new StackProgress(terminal));
        Stack.Up up = stack.up(options);
        switch (up.found()) {
            case RUNNING -> terminal.print("The stack is running already.");
            case PARTLY_RUNNING -> terminal.print("The stack is complete again.");
            case DOWN -> terminal.print("The stack is ready.");
        }
        endpoints(options, home).forEach(terminal::print);
        return 0;
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
                .row("  data", home.directory().toString())
                .lines();
    }
}
