package dev.slipway.cli;

import dev.slipway.cli.demo.TrainCaches;
import dev.slipway.cli.process.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "train",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Makes the caches from which the JVMs start fast. The launcher does it after it has built.")
final class TrainCommand implements Callable<Integer> {
    private final Context context;

    TrainCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        new TrainCaches(Installation.ofProcess(context.environment()), new StackProgress(context.terminal())).train();
        return 0;
    }
}
