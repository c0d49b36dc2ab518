package dev.slipway.cli;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.cli.report.Terminal;
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
        terminal.note("slipway: a defect of slipway itself, please report it: " + e);
        e.printStackTrace(terminal.err());
        return ExitCode.INTERNAL.number();
    }
}
