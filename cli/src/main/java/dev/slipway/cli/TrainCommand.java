package dev.slipway.cli;

import dev.slipway.cli.demo.TrainCaches;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.process.Installation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway train}. */
final class TrainCommand implements Subcommand {
    private final Context context;

    TrainCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return hidden(Options.command(
                "train", "Makes the caches from which the JVMs start fast. The launcher does it after it has built."));
    }

    @Override
    public int run(ParseResult given) {
        new TrainCaches(Installation.ofProcess(context.environment()), new StackProgress(context.terminal())).train();
        return 0;
    }

    private static CommandSpec hidden(CommandSpec spec) {
        spec.usageMessage().hidden(true);
        return spec;
    }
}
