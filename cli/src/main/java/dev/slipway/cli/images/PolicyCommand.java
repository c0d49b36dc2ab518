package dev.slipway.cli.images;

import dev.slipway.cli.history.PullPolicies;
import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.policy.TryPolicies;
import dev.slipway.cli.report.Columns;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code slipway policy}. */
public final class PolicyCommand implements Subcommand {
    private static final String TEST = "test";
    private static final String INPUT = "input";
    private static final String EXPLAIN = "explain";
    private static final String CLUSTER = "--cluster";

    private final Context context;

    public PolicyCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "policy", "Tries the rules that decide which images may pass, and explains pull policies.")
                .addSubcommand(
                        TEST,
                        request(Options.command(
                                        TEST,
                                        "Asks the rules of a directory about an image in a registry, or about a document, and"
                                                + " prints what each says. Exit code 6 where one denies, 2 where one does not"
                                                + " compile.")
                                .addPositional(
                                        Options.argument("REF", false, "REGISTRY/NAME:TAG or REGISTRY/NAME@DIGEST."))
                                .addOption(Options.text("--policy", "DIR", "Where the rules are."))
                                .addOption(Options.text(
                                        "--input", "FILE", "A document as 'policy input' prints it, instead of REF."))))
                .addSubcommand(
                        INPUT,
                        request(Options.command(INPUT, "Prints as JSON what rules would be told of an image.")
                                .addPositional(
                                        Options.argument("REF", true, "REGISTRY/NAME:TAG or REGISTRY/NAME@DIGEST."))))
                .addSubcommand(EXPLAIN, explain());
    }

    private static CommandSpec explain() {
        return GatewayOption.addTo(Options.command(
                        EXPLAIN,
                        "Prints which pull policy was decided last for an image on a cluster, why, and what was decided"
                                + " before.")
                .addPositional(Options.argument("REF", true, "REGISTRY/NAME:TAG, as it was published."))
                .addOption(Options.text(CLUSTER, "CLUSTER", "A cluster that the warm-up service knows.")));
    }

    private int explain(ParseResult given) {
        Reference.Tagged reference =
                Checked.option("REF", () -> Reference.parseTagged(given.matchedPositionalValue(0, "")));
        String cluster = Options.text(given, CLUSTER)
                .orElseThrow(() -> CommandFailure.usage("which cluster is not said: give --cluster"));
        List<PullPolicies.Entry> entries =
                new PullPolicies(GatewayOption.gateway(context, given)).of(reference, cluster);
        if (entries.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "nothing was decided for %s on %s: nobody asked for it there, and it was not warmed"
                            .formatted(reference, cluster));
        }
        Columns columns = new Columns().row("TIME", "POLICY", "DIGEST", "REASON");
        entries.forEach(entry -> columns.row(
                entry.at().truncatedTo(ChronoUnit.SECONDS).toString(), entry.policy(), entry.digest(), entry.reason()));
        columns.lines().forEach(context.terminal()::print);
        return ExitCode.OK.number();
    }

    private static CommandSpec request(CommandSpec command) {
        return command.addOption(Options.text("--tenant", "NAME", "request.tenant: 'default' unless told."))
                .addOption(Options.text("--mode", "MODE", "request.mode: release, or snapshot."))
                .addOption(Options.text("--ref", "REF", "request.source.ref, for example refs/heads/main."));
    }

    @Override
    public int run(ParseResult given) {
        ParseResult action = given.subcommand();
        if (action == null) {
            throw new ParameterException(
                    given.commandSpec().commandLine(), "an action is missing: one of test, input, explain");
        }
        if (action.isUsageHelpRequested()) {
            action.commandSpec().commandLine().usage(context.terminal().out());
            return 0;
        }
        return switch (action.commandSpec().name()) {
            case TEST -> test(action);
            case EXPLAIN -> explain(action);
            default -> input(action);
        };
    }

    private int input(ParseResult given) {
        try (RegistryClient registries = context.registries()) {
            context.terminal().print(TryPolicies.show(TryPolicies.input(registries, reference(given), request(given))));
        }
        return ExitCode.OK.number();
    }

    private int test(ParseResult given) {
        Path directory = Options.text(given, "--policy")
                .map(context.workingDirectory()::resolve)
                .orElseThrow(() -> CommandFailure.usage("no rules are given: say where they are, with --policy DIR"));
        Optional<Path> file = Options.text(given, "--input").map(context.workingDirectory()::resolve);
        if (file.isPresent() == given.hasMatchedPositional(0)) {
            throw CommandFailure.usage("either an image or --input FILE must be given");
        }
        TryPolicies policies = new TryPolicies(directory);
        TryPolicies.Result result;
        if (file.isPresent()) {
            result = policies.test(TryPolicies.read(file.get()));
        } else {
            try (RegistryClient registries = context.registries()) {
                result = policies.test(TryPolicies.input(registries, reference(given), request(given)));
            }
        }
        result.lines().forEach(context.terminal()::print);
        return (result.allowed() ? ExitCode.OK : ExitCode.DENIED).number();
    }

    private static Reference reference(ParseResult given) {
        return Checked.option("REF", () -> Reference.parse(given.matchedPositionalValue(0, "")));
    }

    private static TryPolicies.Request request(ParseResult given) {
        String mode = Options.text(given, "--mode").orElse("release");
        if (!mode.equals("release") && !mode.equals("snapshot")) {
            throw CommandFailure.usage("--mode: expected release or snapshot, and not '%s'".formatted(mode));
        }
        return new TryPolicies.Request(
                Options.text(given, "--tenant").orElse("default"), mode, Options.text(given, "--ref"));
    }
}
