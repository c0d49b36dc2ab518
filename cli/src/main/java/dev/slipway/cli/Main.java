package dev.slipway.cli;

import dev.slipway.cli.gateway.GatewayFailure;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.cli.report.Terminal;
import dev.slipway.context.ContextException;
import dev.slipway.oci.StoreException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

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
        CommandLine line = new CommandLine(new SlipwayCommand());
        line.addSubcommand(new UpCommand(context));
        line.addSubcommand(new DownCommand(context));
        line.addSubcommand(new StatusCommand(context));
        line.addSubcommand(new BuildCommand(context));
        line.addSubcommand(new EventsCommand(context));
        line.addSubcommand(new TraceCommand(context));
        line.addSubcommand(new InspectCommand(context));
        line.addSubcommand(new DemoCommand(context));
        line.addSubcommand(new TrainCommand(context));
        line.setOut(writer(terminal.out()));
        line.setErr(writer(terminal.err()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, given) -> refuse(terminal, e));
        line.setExecutionExceptionHandler((e, command, parsed) -> fail(terminal, e));
        return line.execute(arguments);
    }

    private static PrintWriter writer(java.io.PrintStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    private static int refuse(Terminal terminal, ParameterException e) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        terminal.note("slipway: %s%nTry '%s --help'.".formatted(e.getMessage(), name));
        return ExitCode.USAGE.number();
    }

    private static int fail(Terminal terminal, Exception e) {
        if (e instanceof CommandFailure failure) {
            terminal.note("slipway: " + failure.getMessage());
            return failure.code().number();
        }
        if (e instanceof GatewayFailure failure) {
            terminal.note("slipway: " + failure.getMessage() + hint(failure));
            return code(failure).number();
        }
        if (e instanceof ContextException failure) {
            terminal.note("slipway: " + failure.getMessage());
            return ExitCode.USAGE.number();
        }
        if (e instanceof StoreException failure) {
            terminal.note("slipway: " + failure.getMessage());
            return (failure.retryable() ? ExitCode.UNAVAILABLE : ExitCode.USAGE).number();
        }
        terminal.note("slipway: a defect of slipway itself, please report it: " + e);
        e.printStackTrace(terminal.err());
        return ExitCode.INTERNAL.number();
    }

    private static ExitCode code(GatewayFailure failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE -> ExitCode.UNAVAILABLE;
            case NOT_FOUND, REFUSED -> ExitCode.USAGE;
        };
    }

    private static String hint(GatewayFailure failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE ->
                System.lineSeparator() + "Is the stack running? 'slipway status' shows it, 'slipway up' starts it.";
            case NOT_FOUND, REFUSED -> "";
        };
    }
}
