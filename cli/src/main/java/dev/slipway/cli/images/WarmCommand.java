package dev.slipway.cli.images;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.build.CheckRequest;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.cli.report.Units;
import dev.slipway.cli.request.AskWarmUp;
import dev.slipway.oci.Reference;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway warm}. */
public final class WarmCommand implements Subcommand {
    private static final String CLUSTER = "--cluster";
    private static final String SELECTOR = "--selector";
    private static final String DEADLINE = "--deadline";
    private static final String KEEP = "--keep";

    private final Context context;

    public WarmCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return GatewayOption.addTo(Options.command(
                        "warm",
                        "Brings an image that exists to the nodes of clusters, and waits until it is proven to be there.")
                .addPositional(Options.argument("REF", true, "REGISTRY/NAME:TAG or REGISTRY/NAME@DIGEST."))
                .addOption(
                        Options.repeated(CLUSTER, "CLUSTER", "A cluster that the warm-up service knows; at least one."))
                .addOption(Options.repeated(SELECTOR, "K=V", "Only nodes with this label."))
                .addOption(Options.text(DEADLINE, "D", "How long a cluster may take, for example 10m."))
                .addOption(Options.text(
                        KEEP,
                        "D",
                        "For so long nodes that come get it too, and those that lost it get it again; it follows the tag"
                                + " when Slipway moves it. 0s ends an earlier one.")));
    }

    @Override
    public int run(ParseResult given) {
        Reference reference = Checked.option("REF", () -> Reference.parse(given.matchedPositionalValue(0, "")));
        Set<String> clusters = new LinkedHashSet<>(Options.texts(given, CLUSTER));
        if (clusters.isEmpty()) {
            throw CommandFailure.usage("which cluster is not said: give --cluster at least once");
        }
        ObjectNode request = Json.object().put("reference", reference.toString());
        ObjectNode warmup = request.putObject("warmup");
        ArrayNode names = warmup.putArray("clusters");
        clusters.forEach(names::add);
        Map<String, String> labels = CheckRequest.labels(SELECTOR, Options.texts(given, SELECTOR));
        if (!labels.isEmpty()) {
            ObjectNode selector = warmup.putObject("nodeSelector");
            labels.forEach(selector::put);
        }
        put(warmup, "deadline", given, DEADLINE);
        put(warmup, "keep", given, KEEP);
        new AskWarmUp(GatewayOption.gateway(context, given), context.clock(), context.environment())
                .ask(request, clusters)
                .forEach(context.terminal()::print);
        return ExitCode.OK.number();
    }

    private static void put(ObjectNode warmup, String property, ParseResult given, String option) {
        Options.text(given, option)
                .map(text -> Checked.option(option, () -> Units.duration(text)))
                .ifPresent(duration -> warmup.put(property, duration.toString()));
    }
}
