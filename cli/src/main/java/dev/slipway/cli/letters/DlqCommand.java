package dev.slipway.cli.letters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.gateway.BuildIds;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code slipway dlq}. */
public final class DlqCommand implements Subcommand {
    private static final Pattern ID = Pattern.compile("[0-9]+-[0-9]+");
    private static final String LIST = "list";
    private static final String SHOW = "show";
    private static final String REPLAY = "replay";
    private static final String BUILD = "--build";
    private static final String LIMIT = "--limit";
    private static final String JSON = "--json";
    private static final String AGAIN = "--again";
    private static final int DEFAULT_LIMIT = 100;

    private final Context context;

    public DlqCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command("dlq", "Shows what the services could not handle, and sends it to them again.")
                .addSubcommand(
                        LIST,
                        action(LIST, "Lists the latest dead letters, the newest first.")
                                .addOption(Options.text(
                                        BUILD, "BUILD_ID", "Those of a build; the beginning of an id will do."))
                                .addOption(Options.number(LIMIT, "N", "At most so many, 100 by default."))
                                .addOption(Options.flag(JSON, "As JSON.")))
                .addSubcommand(
                        SHOW,
                        action(
                                        SHOW,
                                        "Shows a dead letter: its headers, the reason among them, and the first 64 KiB of it.")
                                .addPositional(id())
                                .addOption(Options.flag(JSON, "As JSON.")))
                .addSubcommand(
                        REPLAY,
                        action(
                                        REPLAY,
                                        "Sends a dead letter again to the topic on which it lay, with its key and headers."
                                                + " What handled it before takes it for the same event. The build it is of"
                                                + " may have ended meanwhile.")
                                .addPositional(id())
                                .addOption(Options.flag(AGAIN, "Also where it was sent again before.")));
    }

    private static CommandSpec action(String name, String description) {
        return GatewayOption.addTo(Options.command(name, description));
    }

    private static picocli.CommandLine.Model.PositionalParamSpec id() {
        return Options.argument("ID", true, "As 'slipway dlq list' has it, for example 0-17.");
    }

    @Override
    public int run(ParseResult given) {
        ParseResult action = given.subcommand();
        if (action == null) {
            throw new ParameterException(
                    given.commandSpec().commandLine(), "an action is missing: one of list, show, replay");
        }
        if (action.isUsageHelpRequested()) {
            action.commandSpec().commandLine().usage(context.terminal().out());
            return ExitCode.OK.number();
        }
        Gateway gateway = GatewayOption.gateway(context, action);
        List<String> lines = switch (action.commandSpec().name()) {
            case LIST -> list(gateway, action);
            case SHOW -> show(gateway, action);
            case REPLAY -> replay(gateway, action);
            default -> throw new IllegalStateException("no such action");
        };
        lines.forEach(context.terminal()::print);
        return ExitCode.OK.number();
    }

    private static List<String> list(Gateway gateway, ParseResult given) {
        int limit = Options.number(given, LIMIT, DEFAULT_LIMIT);
        Optional<String> build = Options.text(given, BUILD).map(new BuildIds(gateway)::resolve);
        JsonNode letters = gateway.deadLetters(limit, build).path("deadLetters");
        if (Options.isSet(given, JSON)) {
            return List.of(Json.pretty(letters));
        }
        return letters.isEmpty() ? List.of("no dead letters") : LetterText.table(letters);
    }

    private static List<String> show(Gateway gateway, ParseResult given) {
        JsonNode found = gateway.deadLetter(idOf(given));
        return Options.isSet(given, JSON) ? List.of(Json.pretty(found)) : LetterText.whole(found);
    }

    private static List<String> replay(Gateway gateway, ParseResult given) {
        JsonNode sent = gateway.replay(idOf(given), Options.isSet(given, AGAIN));
        return List.of("dead letter %s was sent to %s again"
                .formatted(
                        Json.text(sent, "id").orElse("-"),
                        Json.text(sent, "topic").orElse("-")));
    }

    private static String idOf(ParseResult given) {
        String id = given.matchedPositionalValue(0, "");
        if (!ID.matcher(id).matches()) {
            throw CommandFailure.usage("ID: not the name of a dead letter, as 0-17: '%s'".formatted(id));
        }
        return id;
    }
}
