package dev.slipway.cli.builds;

import dev.slipway.cli.gateway.BuildIds;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway cancel}. */
public final class CancelCommand implements Subcommand {
    private final Context context;

    public CancelCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return GatewayOption.addTo(Options.command(
                        "cancel",
                        "Stops a build: what is queued is dropped, what runs is stopped with all its processes. It"
                                + " comes too late once all platforms are built; then the build goes on, and the exit code"
                                + " is 2.")
                .addPositional(Options.argument("BUILD_ID", true, "Of the build; the beginning of an id will do."))
                .addOption(Options.text("--reason", "TEXT", "Why, for those who look at the build later.")));
    }

    @Override
    public int run(ParseResult given) {
        Gateway gateway = GatewayOption.gateway(context, given);
        String build = new BuildIds(gateway).resolve(given.matchedPositionalValue(0, ""));
        String reason = new CancelBuild(gateway, context.clock(), System.getProperty("user.name", "unknown"))
                .cancel(build, Options.text(given, "--reason"));
        context.terminal().print("build %s is cancelled: %s".formatted(build, reason));
        return ExitCode.OK.number();
    }
}
