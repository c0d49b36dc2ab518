package dev.slipway.cli.builds;

import dev.slipway.cli.gateway.BuildIds;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.oci.Platform;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway logs}. */
public final class LogsCommand implements Subcommand {
    private final Context context;

    public LogsCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return GatewayOption.addTo(Options.command(
                        "logs",
                        "Prints what the platforms of a build print, as it comes, until all of them have ended.")
                .addPositional(Options.argument("BUILD_ID", true, "Of the build; the beginning of an id will do."))
                .addOption(Options.text("--platform", "P", "Of this platform only.")));
    }

    @Override
    public int run(ParseResult given) {
        Gateway gateway = GatewayOption.gateway(context, given);
        Optional<String> platform = Options.text(given, "--platform")
                .map(text ->
                        Checked.option("--platform", () -> Platform.parse(text)).name());
        String build = new BuildIds(gateway).resolve(given.matchedPositionalValue(0, ""));
        new ShowLogs(gateway, context.terminal(), platform).show(build);
        return ExitCode.OK.number();
    }
}
