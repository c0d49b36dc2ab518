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
import dev.slipway.cli.request.AskServices;
import dev.slipway.events.EventType;
import dev.slipway.oci.Reference;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway copy}. */
public final class CopyCommand implements Subcommand {
    private static final String PLATFORM = "--platform";

    private final Context context;

    public CopyCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return GatewayOption.addTo(
                Options.command(
                                "copy",
                                "Publishes an image that exists under other tags, with all that is attached to it: every tag"
                                        + " moves or none.")
                        .addPositional(Options.argument("SRC", true, "REGISTRY/NAME:TAG or REGISTRY/NAME@DIGEST."))
                        .addPositional(PositionalParamSpec.builder()
                                .paramLabel("DST")
                                .index("1..*")
                                .arity("1..*")
                                .type(List.class)
                                .auxiliaryTypes(String.class)
                                .description("REGISTRY/NAME:TAG; may be several, on several registries.")
                                .build())
                        .addOption(
                                Options.repeated(
                                        PLATFORM,
                                        "P",
                                        "Only the images for these platforms, for example linux/amd64,linux/arm64, in an index of their own.")));
    }

    @Override
    public int run(ParseResult given) {
        Reference source = Checked.option("SRC", () -> Reference.parse(given.matchedPositionalValue(0, "")));
        List<String> names = given.matchedPositionalValue(1, List.<String>of());
        if (names.isEmpty()) {
            throw CommandFailure.usage("where the copy goes is not said: give DST at least once");
        }
        ObjectNode request = Json.object().put("source", source.toString());
        ArrayNode targets = request.putArray("targets");
        names.forEach(name -> targets.add(
                Checked.option("DST", () -> Reference.parseTagged(name)).toString()));
        List<String> platforms = Options.texts(given, PLATFORM);
        if (!platforms.isEmpty()) {
            ArrayNode array = request.putArray("platforms");
            CheckRequest.platforms(PLATFORM, platforms).forEach(platform -> array.add(platform.name()));
        }
        new AskServices(GatewayOption.gateway(context, given), context.clock(), context.environment())
                .ask("copy", EventType.COPY_REQUESTED, request)
                .lines()
                .forEach(context.terminal()::print);
        return ExitCode.OK.number();
    }
}
