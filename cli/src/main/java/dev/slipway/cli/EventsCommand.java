package dev.slipway.cli;

import dev.slipway.cli.gateway.BuildIds;
import dev.slipway.cli.gateway.EventText;
import dev.slipway.cli.gateway.FollowEvents;
import dev.slipway.cli.gateway.Gateway;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Prints the events of a build, or of all builds, from the first on.")
final class EventsCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(names = "--build", paramLabel = "ID", description = "Of this build only; the beginning of an id will do.")
    private @Nullable String build;

    @Option(names = "--follow", description = "Wait for those to come, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--json", description = "Whole CloudEvents, one per line.")
    private boolean json;

    @Mixin
    private GatewayOption gateway = new GatewayOption();

    private final Context context;

    EventsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Gateway front = gateway.gateway(context);
        Optional<String> buildId = Optional.ofNullable(build).map(new BuildIds(front)::resolve);
        new FollowEvents(front, follow ? PATIENCE : Duration.ZERO).follow(buildId, follow, event -> {
            context.terminal().print(json ? event.envelope().toString() : EventText.line(event, buildId.isEmpty()));
            return true;
        });
        return 0;
    }
}
