package dev.slipway.cli;

import dev.slipway.cli.process.ClassCaches;
import dev.slipway.cli.process.Installation;
import dev.slipway.cli.stack.Stack;
import dev.slipway.cli.stack.StackHome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops the local stack. Its data stays: 'slipway up' goes on where it was.")
final class DownCommand implements Callable<Integer> {
    private final Context context;

    DownCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        StackHome home = StackHome.of(context.environment());
        int stopped = new Stack(
                        Installation.ofProcess(context.environment()),
                        home,
                        ClassCaches.USE,
                        new StackProgress(context.terminal()))
                .down();
        context.terminal()
                .print(
                        stopped == 0
                                ? "No stack is running in %s.".formatted(home.directory())
                                : "The stack is down; its data is kept in %s.".formatted(home.directory()));
        return 0;
    }
}
