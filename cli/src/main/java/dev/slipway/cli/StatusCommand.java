package dev.slipway.cli;

import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.Columns;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.cli.report.Units;
import dev.slipway.cli.stack.StackFile;
import dev.slipway.cli.stack.StackHome;
import dev.slipway.cli.stack.StackState;
import dev.slipway.cli.stack.StackStatus;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway status}. */
final class StatusCommand implements Subcommand {
    private final Context context;

    StatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command("status", "Shows the processes of the local stack. Exit code 3 unless all are ready.");
    }

    @Override
    public int run(ParseResult given) {
        StackHome home = StackHome.of(context.environment());
        Optional<StackState> state = new StackFile(home).read();
        if (state.isEmpty()) {
            context.terminal().print("No stack is running in %s: 'slipway up' starts one.".formatted(home.directory()));
            return ExitCode.UNAVAILABLE.number();
        }
        List<StackStatus.Line> lines = new StackStatus(context.clock()).lines(state.get());
        Columns columns = new Columns().row("PROCESS", "PID", "PORT", "READY", "UPTIME");
        for (StackStatus.Line line : lines) {
            columns.row(
                    line.name(),
                    line.uptime().isPresent() ? Long.toString(line.pid()) : "-",
                    line.port() == 0 ? "-" : Integer.toString(line.port()),
                    line.ready() ? "yes" : line.uptime().isPresent() ? "no" : "dead",
                    line.uptime().map(Units::text).orElse("-"));
        }
        columns.lines().forEach(context.terminal()::print);
        UpCommand.endpoints(state.get().options(), home).forEach(context.terminal()::print);
        boolean ready = lines.stream().allMatch(StackStatus.Line::ready);
        return (ready ? ExitCode.OK : ExitCode.UNAVAILABLE).number();
    }
}
