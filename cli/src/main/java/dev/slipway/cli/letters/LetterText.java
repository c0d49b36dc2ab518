package dev.slipway.cli.letters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.report.Columns;
import java.util.ArrayList;
import java.util.List;

/** Dead letters for people. What is in them may be anything, so nothing of it reaches the terminal as a control character. */
final class LetterText {
    private static final int REASON_IN_LIST = 120;

    private LetterText() {}

    static List<String> table(JsonNode letters) {
        Columns columns = new Columns().row("ID", "TIME", "TOPIC", "TYPE", "BUILD", "SENT AGAIN", "REASON");
        for (JsonNode letter : letters) {
            columns.row(
                    text(letter, "id"),
                    text(letter, "time"),
                    text(letter, "topic"),
                    text(letter, "type"),
                    text(letter, "buildId"),
                    replays(letter),
                    shortened(text(letter, "reason")));
        }
        return columns.lines();
    }

    /** Headers, an empty line, the value. */
    static List<String> whole(JsonNode found) {
        JsonNode letter = found.path("letter");
        Columns columns = new Columns()
                .row("id", text(letter, "id"))
                .row("sent again", replays(letter))
                .row("value", "%d bytes".formatted(letter.path("size").asInt()));
        for (JsonNode header : found.path("headers")) {
            columns.row(text(header, "name"), text(header, "value"));
        }
        List<String> lines = new ArrayList<>(columns.lines());
        lines.add("");
        if (found.path("base64").asBoolean()) {
            lines.add("(no UTF-8; in base64:)");
        }
        found.path("value").asText().lines().map(LetterText::printable).forEach(lines::add);
        if (found.path("cut").asBoolean()) {
            lines.add("(there is more of it)");
        }
        return lines;
    }

    private static String replays(JsonNode letter) {
        JsonNode replays = letter.path("replays");
        return replays.isEmpty()
                ? "-"
                : printable(replays.get(replays.size() - 1).asText());
    }

    private static String text(JsonNode node, String property) {
        return Json.text(node, property)
                .filter(text -> !text.isEmpty())
                .map(LetterText::printable)
                .orElse("-");
    }

    private static String shortened(String text) {
        return text.length() <= REASON_IN_LIST ? text : text.substring(0, REASON_IN_LIST) + "…";
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\t' ? ' ' : c)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
