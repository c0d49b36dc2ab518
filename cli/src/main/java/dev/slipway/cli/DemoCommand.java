package dev.slipway.cli;

import dev.slipway.cli.demo.Demo;
import dev.slipway.cli.process.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Does the main job once, on a stack of its own that leaves nothing behind: examples/hello for two platforms onto "
                        + "two registries, then runs the program of the image and shows the trace.")
final class DemoCommand implements Callable<Integer> {
    private final Context context;

    DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return new Demo(
                        Installation.ofProcess(context.environment()),
                        context.terminal(),
                        context.clock(),
                        new StackProgress(context.terminal()))
                .run()
                .number();
    }
}
