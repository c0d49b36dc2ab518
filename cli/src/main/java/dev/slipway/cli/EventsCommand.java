package dev.slipway.cli;

import dev.slipway.cli.gateway.BuildIds;
import dev.slipway.cli.gateway.EventText;
import dev.slipway.cli.gateway.FollowEvents;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway events}. */
final class EventsCommand implements Subcommand {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Context context;

    EventsCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return GatewayOption.addTo(
                Options.command("events", "Prints the events of a build, or of all builds, from the first on.")
                        .addOption(Options.text("--build", "ID", "Of this build only; the beginning of an id will do."))
                        .addOption(Options.flag("--follow", "Wait for those to come, until Ctrl-C."))
                        .addOption(Options.flag("--json", "Whole CloudEvents, one per line.")));
    }

    @Override
    public int run(ParseResult given) {
        Gateway gateway = GatewayOption.gateway(context, given);
        boolean follow = Options.isSet(given, "--follow");
        boolean json = Options.isSet(given, "--json");
        Optional<String> build = Options.text(given, "--build").map(new BuildIds(gateway)::resolve);
        new FollowEvents(gateway, follow ? PATIENCE : Duration.ZERO).follow(build, follow, event -> {
            context.terminal().print(json ? event.envelope().toString() : EventText.line(event, build.isEmpty()));
            return true;
        });
        return 0;
    }
}
