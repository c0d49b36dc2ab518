package dev.slipway.cli;

import dev.slipway.cli.demo.Demo;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.process.Installation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway demo}. */
final class DemoCommand implements Subcommand {
    private final Context context;

    DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(
                "demo",
                "Does the main job once, on a stack of its own that leaves nothing behind: examples/hello for two platforms"
                        + " onto two registries, then runs the program of the image and shows the trace.");
    }

    @Override
    public int run(ParseResult given) {
        return new Demo(
                        Installation.ofProcess(context.environment()),
                        context.terminal(),
                        context.clock(),
                        new StackProgress(context.terminal()))
                .run()
                .number();
    }
}
