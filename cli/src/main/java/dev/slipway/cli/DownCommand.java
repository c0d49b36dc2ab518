package dev.slipway.cli;

import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.process.ClassCaches;
import dev.slipway.cli.process.Installation;
import dev.slipway.cli.stack.Stack;
import dev.slipway.cli.stack.StackHome;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway down}. */
final class DownCommand implements Subcommand {
    private final Context context;

    DownCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command("down", "Stops the local stack. Its data stays: 'slipway up' goes on where it was.");
    }

    @Override
    public int run(ParseResult given) {
        StackHome home = StackHome.of(context.environment());
        Stack stack = new Stack(
                Installation.ofProcess(context.environment()),
                home,
                ClassCaches.USE,
                new StackProgress(context.terminal()));
        context.terminal()
                .print(
                        stack.down() == 0
                                ? "No stack is running in %s.".formatted(home.directory())
                                : "The stack is down; its data is kept in %s.".formatted(home.directory()));
        return 0;
    }
}
