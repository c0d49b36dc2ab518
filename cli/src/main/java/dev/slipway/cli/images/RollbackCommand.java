package dev.slipway.cli.images;

import dev.slipway.cli.json.Json;
import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.cli.request.AskServices;
import dev.slipway.events.EventType;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway rollback}. */
public final class RollbackCommand implements Subcommand {
    private static final String TO = "--to";

    private final Context context;

    public RollbackCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return GatewayOption.addTo(Options.command(
                        "rollback",
                        "Lets a tag name an earlier image again, with the tags of the same name that the last publish"
                                + " moved on other registries: all of them or none.")
                .addPositional(Options.argument("REF", true, "REGISTRY/NAME:TAG, as it was published."))
                .addOption(Options.text(
                        TO,
                        "DIGEST",
                        "A digest that the tag has named, see 'slipway history'; by default what it named before it"
                                + " last changed.")));
    }

    @Override
    public int run(ParseResult given) {
        Reference.Tagged reference =
                Checked.option("REF", () -> Reference.parseTagged(given.matchedPositionalValue(0, "")));
        String to = Options.text(given, TO)
                .map(digest -> Checked.option(TO, () -> new Digest(digest)).value())
                .orElse("previous");
        new AskServices(GatewayOption.gateway(context, given), context.clock(), context.environment())
                .ask(
                        "rollback",
                        EventType.ROLLBACK_REQUESTED,
                        Json.object().put("reference", reference.toString()).put("to", to))
                .lines()
                .forEach(context.terminal()::print);
        return ExitCode.OK.number();
    }
}
