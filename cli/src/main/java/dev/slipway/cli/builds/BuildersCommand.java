package dev.slipway.cli.builds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.Columns;
import dev.slipway.cli.report.ExitCode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway builders}. */
public final class BuildersCommand implements Subcommand {
    private static final int SHORT_ID = 8;

    private final Context context;

    public BuildersCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return GatewayOption.addTo(Options.command(
                        "builders",
                        "Shows the workers that build: what each can do, and what it builds now. One that is silent has"
                                + " missed several reports, and its builds go to others. Exit code 3 where none is ready.")
                .addOption(Options.flag("--json", "The gateway's answer, on one line.")));
    }

    @Override
    public int run(ParseResult given) {
        JsonNode fleet = GatewayOption.gateway(context, given).builders();
        if (Options.isSet(given, "--json")) {
            context.terminal().print(fleet.toString());
        } else {
            lines(fleet.path("builders")).forEach(context.terminal()::print);
        }
        return (texts(fleet.path("builders"), "state").contains("ready") ? ExitCode.OK : ExitCode.UNAVAILABLE).number();
    }

    private static List<String> lines(JsonNode builders) {
        if (builders.isEmpty()) {
            return List.of("No worker has reported of late.");
        }
        Columns columns = new Columns()
                .row("WORKER", "POOL", "STATE", "BUILDS", "NATIVE", "EMULATED", "DRIVERS", "LABELS", "NOW");
        for (JsonNode worker : builders) {
            JsonNode running = worker.path("running");
            columns.row(
                    worker.path("worker").asText(),
                    worker.path("pool").asText(),
                    worker.path("state").asText(),
                    "%d of %d".formatted(running.size(), worker.path("slots").asInt()),
                    joined(worker.path("nativePlatforms")),
                    joined(worker.path("emulatedPlatforms")),
                    joined(worker.path("drivers")),
                    labels(worker.path("labels")),
                    running.isEmpty() ? "-" : run(running.path(0)));
            for (int i = 1; i < running.size(); i++) {
                columns.row("", "", "", "", "", "", "", "", run(running.path(i)));
            }
        }
        return columns.lines();
    }

    private static String run(JsonNode run) {
        String id = run.path("buildId").asText();
        int attempt = run.path("attempt").asInt(1);
        return "%s %s%s"
                .formatted(
                        id.substring(0, Math.min(SHORT_ID, id.length())),
                        run.path("platform").asText(),
                        attempt > 1 ? ", attempt " + attempt : "");
    }

    private static String labels(JsonNode labels) {
        List<String> texts = new ArrayList<>();
        labels.properties()
                .forEach(label ->
                        texts.add(label.getKey() + "=" + label.getValue().asText()));
        return texts.isEmpty() ? "-" : String.join(",", texts);
    }

    private static String joined(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts.isEmpty() ? "-" : String.join(",", texts);
    }

    private static List<String> texts(JsonNode array, String property) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.path(property).asText()));
        return texts;
    }
}
