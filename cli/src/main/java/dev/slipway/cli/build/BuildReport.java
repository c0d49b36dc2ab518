package dev.slipway.cli.build;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.progress.Progress;
import dev.slipway.cli.progress.Row;
import dev.slipway.cli.report.Columns;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.cli.report.Terminal;
import dev.slipway.cli.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says how a build ended, on the terminal and in files, and which exit code that is. */
public final class BuildReport {
    private final Terminal terminal;
    private final Progress.Style style;

    public BuildReport(Terminal terminal, Progress.Style style) {
        this.terminal = terminal;
        this.style = style;
    }

    public ExitCode report(BuildOptions options, RunBuild.Result result, ResultFiles files) {
        RunBuild.Accepted accepted = result.accepted();
        Optional<Outcome> outcome = result.state().outcome();
        files.write(accepted.buildId(), accepted.traceId(), options.tags(), outcome.flatMap(Outcome::indexDescriptor));
        if (outcome.isEmpty()) {
            return accepted(accepted);
        }
        return switch (outcome.get()) {
            case Outcome.Failed failed -> failed(accepted, failed);
            case Outcome.Assembled assembled ->
                succeeded(
                        result,
                        assembled.index(),
                        List.of("lies in staging; it will be published as " + options.tags()));
            case Outcome.Published published -> succeeded(result, published.index(), images(published.targets()));
        };
    }

    private ExitCode accepted(RunBuild.Accepted accepted) {
        if (style == Progress.Style.QUIET) {
            terminal.print(accepted.buildId());
        } else {
            new Columns()
                    .row("build", accepted.buildId())
                    .row("trace", accepted.traceId())
                    .row("", "accepted; 'slipway events --build %s --follow' follows it".formatted(shortId(accepted)))
                    .lines()
                    .forEach(terminal::print);
        }
        return ExitCode.OK;
    }

    private ExitCode failed(RunBuild.Accepted accepted, Outcome.Failed failed) {
        terminal.note("slipway: build %s %s".formatted(accepted.buildId(), failed.what()));
        failed.reasons().forEach(reason -> terminal.note("  " + reason));
        terminal.note("  trace %s: 'slipway trace %s'".formatted(accepted.traceId(), shortId(accepted)));
        return failed.exit();
    }

    private ExitCode succeeded(RunBuild.Result result, JsonNode index, List<String> images) {
        String digest = index.path("digest").asText();
        if (style == Progress.Style.QUIET) {
            terminal.print(digest);
            return ExitCode.OK;
        }
        Columns columns = new Columns().row("digest", digest);
        for (int i = 0; i < images.size(); i++) {
            columns.row(i == 0 ? "image" : "", images.get(i));
        }
        columns.row("stages", stages(result.state()))
                .row("total", Units.text(result.took()))
                .row("build", result.accepted().buildId())
                .row("trace", result.accepted().traceId())
                .lines()
                .forEach(terminal::print);
        return ExitCode.OK;
    }

    private static String stages(BuildState state) {
        return state.rows().stream()
                .filter(row -> row.state() instanceof Row.State.Done)
                .map(row -> row.name() + " " + Units.text(((Row.State.Done) row.state()).took()))
                .collect(Collectors.joining(", "));
    }

    private static List<String> images(JsonNode targets) {
        List<String> images = new ArrayList<>();
        for (JsonNode target : targets) {
            String state = target.path("state").asText();
            images.add(target.path("reference").asText() + (state.equals("PUBLISHED") ? "" : " (" + state + ")"));
        }
        return images;
    }

    private static String shortId(RunBuild.Accepted accepted) {
        return accepted.buildId().substring(0, Math.min(8, accepted.buildId().length()));
    }
}
