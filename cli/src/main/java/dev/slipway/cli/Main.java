package dev.slipway.cli;

import dev.slipway.cli.build.WarmHashing;
import dev.slipway.cli.builds.BuildersCommand;
import dev.slipway.cli.builds.CancelCommand;
import dev.slipway.cli.builds.LogsCommand;
import dev.slipway.cli.gateway.GatewayFailure;
import dev.slipway.cli.images.CopyCommand;
import dev.slipway.cli.images.HistoryCommand;
import dev.slipway.cli.images.IndexCommand;
import dev.slipway.cli.images.InspectCommand;
import dev.slipway.cli.images.PolicyCommand;
import dev.slipway.cli.images.RollbackCommand;
import dev.slipway.cli.images.SignCommand;
import dev.slipway.cli.images.VerifyCommand;
import dev.slipway.cli.images.WarmCommand;
import dev.slipway.cli.letters.DlqCommand;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.cli.report.Terminal;
import dev.slipway.context.ContextException;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.MalformedDocumentException;
import dev.slipway.signing.KeyException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The process's entry: arguments in, exit code out. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int code = run(Context.ofProcess(), arguments);
        System.out.flush();
        System.exit(code);
    }

    static int run(Context context, String... arguments) {
        Terminal terminal = context.terminal();
        Map<String, Supplier<Subcommand>> commands = commands(context);
        Supplier<Subcommand> meant = arguments.length == 0 ? null : commands.get(arguments[0]);
        try {
            // of the others, nothing needs to be known
            return meant == null ? help(terminal, commands, arguments) : run(terminal, meant.get(), arguments);
        } catch (ParameterException e) {
            terminal.note("slipway: %s%nTry '%s --help'."
                    .formatted(
                            e.getMessage(), e.getCommandLine().getCommandSpec().qualifiedName()));
            return ExitCode.USAGE.number();
        } catch (RuntimeException e) {
            return failed(terminal, e).number();
        }
    }

    private static Map<String, Supplier<Subcommand>> commands(Context context) {
        Map<String, Supplier<Subcommand>> commands = new LinkedHashMap<>();
        commands.put("up", () -> new UpCommand(context));
        commands.put("down", () -> new DownCommand(context));
        commands.put("status", () -> new StatusCommand(context));
        commands.put("build", () -> {
            WarmHashing.begin();
            return new BuildCommand(context);
        });
        commands.put("cancel", () -> new CancelCommand(context));
        commands.put("logs", () -> new LogsCommand(context));
        commands.put("builders", () -> new BuildersCommand(context));
        commands.put("events", () -> new EventsCommand(context));
        commands.put("dlq", () -> new DlqCommand(context));
        commands.put("trace", () -> new TraceCommand(context));
        commands.put("history", () -> new HistoryCommand(context));
        commands.put("rollback", () -> new RollbackCommand(context));
        commands.put("copy", () -> new CopyCommand(context));
        commands.put("warm", () -> new WarmCommand(context));
        commands.put("inspect", () -> new InspectCommand(context));
        commands.put("index", () -> new IndexCommand(context));
        commands.put("sign", () -> new SignCommand(context));
        commands.put("verify", () -> new VerifyCommand(context));
        commands.put("policy", () -> new PolicyCommand(context));
        commands.put("demo", () -> new DemoCommand(context));
        commands.put("self-build", () -> new SelfBuildCommand(context));
        commands.put("train", () -> new TrainCommand(context));
        return commands;
    }

    private static int run(Terminal terminal, Subcommand command, String... arguments) {
        CommandLine line = new CommandLine(root().addSubcommand(arguments[0], command.spec()));
        ParseResult given = line.parseArgs(arguments).subcommand();
        if (given.isUsageHelpRequested()) {
            given.commandSpec().commandLine().usage(terminal.out());
            return ExitCode.OK.number();
        }
        return command.run(given);
    }

    private static int help(Terminal terminal, Map<String, Supplier<Subcommand>> commands, String... arguments) {
        CommandSpec root = root();
        commands.forEach(
                (name, command) -> root.addSubcommand(name, command.get().spec()));
        CommandLine line = new CommandLine(root);
        ParseResult given = line.parseArgs(arguments);
        if (given.isUsageHelpRequested()) {
            line.usage(terminal.out());
        } else if (given.isVersionHelpRequested()) {
            line.printVersionHelp(terminal.out());
        } else {
            throw new ParameterException(line, "a command is missing: one of " + String.join(", ", commands.keySet()));
        }
        return ExitCode.OK.number();
    }

    private static CommandSpec root() {
        CommandSpec root = Options.command(
                        "slipway",
                        "Builds one image for several platforms and publishes it to several registries, all or"
                                + " nothing.")
                .version("slipway 0.1.0")
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version and exit.")
                        .build());
        root.usageMessage()
                .synopsisSubcommandLabel("COMMAND")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes())
                .footerHeading("%nEnvironment:%n")
                .footer(
                        "  SLIPWAY_HOME     where the local stack keeps its data, ~/.slipway by default",
                        "  SLIPWAY_GATEWAY  URL of the gateway; by default that of the local stack",
                        "  COSIGN_PASSWORD  the password of a private key",
                        "  TRACEPARENT      the W3C trace context that a build becomes part of");
        return root;
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(Integer.toString(code.number()), code.meaning());
        }
        return codes;
    }

    private static ExitCode failed(Terminal terminal, RuntimeException e) {
        return switch (e) {
            case CommandFailure failure -> say(terminal, failure, failure.code());
            case KeyException failure -> say(terminal, failure, ExitCode.USAGE);
            case ContextException failure -> say(terminal, failure, ExitCode.USAGE);
            case MalformedDocumentException failure -> say(terminal, failure, ExitCode.USAGE);
            case StoreException failure ->
                say(terminal, failure, failure.retryable() ? ExitCode.UNAVAILABLE : ExitCode.USAGE);
            case GatewayFailure failure ->
                switch (failure.kind()) {
                    case NOT_FOUND, REFUSED -> say(terminal, failure, ExitCode.USAGE);
                    case UNAVAILABLE -> {
                        say(terminal, failure, ExitCode.UNAVAILABLE);
                        terminal.note("Is the stack running? 'slipway status' shows it, 'slipway up' starts it.");
                        yield ExitCode.UNAVAILABLE;
                    }
                };
            default -> {
                terminal.note("slipway: a defect of slipway itself, please report it: " + e);
                e.printStackTrace(terminal.err());
                yield ExitCode.INTERNAL;
            }
        };
    }

    private static ExitCode say(Terminal terminal, RuntimeException e, ExitCode code) {
        terminal.note("slipway: " + e.getMessage());
        return code;
    }
}
