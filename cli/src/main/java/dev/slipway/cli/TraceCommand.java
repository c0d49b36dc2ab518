package dev.slipway.cli;

import dev.slipway.cli.gateway.BuildIds;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.trace.ShowTrace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description =
                "Prints a build's trace: every span of every service as a tree, with when it began and how long it took.")
final class TraceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUILD_ID", description = "Of the build; the beginning of an id will do.")
    private String build = "";

    @Mixin
    private GatewayOption gateway = new GatewayOption();

    private final Context context;

    TraceCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Gateway front = gateway.gateway(context);
        String buildId = new BuildIds(front).resolve(build);
        new ShowTrace(front).lines(buildId).forEach(context.terminal()::print);
        return 0;
    }
}
