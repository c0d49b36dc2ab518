package dev.slipway.cli;

import dev.slipway.cli.gateway.BuildIds;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.trace.ShowTrace;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway trace}. */
final class TraceCommand implements Subcommand {
    private final Context context;

    TraceCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return GatewayOption.addTo(Options.command(
                        "trace",
                        "Prints a build's trace: every span of every service as a tree, with when it began and how long it"
                                + " took.")
                .addPositional(Options.argument("BUILD_ID", true, "Of the build; the beginning of an id will do.")));
    }

    @Override
    public int run(ParseResult given) {
        Gateway gateway = GatewayOption.gateway(context, given);
        String build = new BuildIds(gateway).resolve(given.matchedPositionalValue(0, ""));
        new ShowTrace(gateway).lines(build).forEach(context.terminal()::print);
        return 0;
    }
}
