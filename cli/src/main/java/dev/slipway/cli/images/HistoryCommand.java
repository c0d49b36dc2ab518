package dev.slipway.cli.images;

import dev.slipway.cli.history.TagHistory;
import dev.slipway.cli.history.TagHistory.Entry;
import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.Columns;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.oci.Reference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway history}. */
public final class HistoryCommand implements Subcommand {
    private final Context context;

    public HistoryCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return GatewayOption.addTo(Options.command(
                        "history",
                        "Shows what a tag has named: when, by which build, for whom, and how each publish of it ended.")
                .addPositional(Options.argument("REF", true, "REGISTRY/NAME:TAG, as it was published.")));
    }

    @Override
    public int run(ParseResult given) {
        Reference.Tagged reference =
                Checked.option("REF", () -> Reference.parseTagged(given.matchedPositionalValue(0, "")));
        List<Entry> entries = new TagHistory(GatewayOption.gateway(context, given)).of(reference);
        if (entries.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "nothing was ever published as " + reference);
        }
        Columns columns = new Columns().row("TIME", "EVENT", "STATE", "DIGEST", "BEFORE", "BUILD", "REQUESTER");
        for (Entry entry : entries) {
            columns.row(
                    entry.at().map(HistoryCommand::second).orElse("-"),
                    entry.what(),
                    entry.state(),
                    orDash(entry.digest()),
                    orDash(entry.previous()),
                    entry.buildId(),
                    orDash(entry.requester()));
        }
        columns.lines().forEach(context.terminal()::print);
        return ExitCode.OK.number();
    }

    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String orDash(Optional<String> text) {
        return text.orElse("-");
    }
}
