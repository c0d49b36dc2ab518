package dev.slipway.build.buildkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuildObserver.Step;
import dev.slipway.build.tool.LastLines;
import dev.slipway.build.tool.Redaction;
import dev.slipway.oci.json.JsonTrees;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code buildctl --progress=rawjson} prints: a JSON object a line, and text where something went wrong. */
final class RawProgress {
    /** The rest of a longer line of output is dropped. */
    static final int LONGEST_LINE = 64 * 1024;

    private static final Pattern STEP = Pattern.compile("\\[(?:(.+) )?\\d+/\\d+] (.+)", Pattern.DOTALL);

    private final BuildObserver observer;
    private final Redaction redaction;
    private final int total;
    private final LastLines last = new LastLines();
    private final Set<String> done = new HashSet<>();
    private final Map<String, StringBuilder> partial = new HashMap<>();
    private int number;

    /**
     * Starts before the first line.
     *
     * @param total steps that are expected
     */
    RawProgress(BuildObserver observer, Redaction redaction, int total) {
        this.observer = observer;
        this.redaction = redaction;
        this.total = total;
    }

    void read(String line) {
        if (!line.startsWith("{")) {
            tell(line);
            return;
        }
        JsonNode status;
        try {
            status = JsonTrees.read(line);
        } catch (IOException e) {
            // not as it is: the output in it is encoded, and so is every secret in that
            tell("%d characters of buildctl's that are no JSON".formatted(line.length()));
            return;
        }
        status.path("logs").forEach(this::log);
        status.path("vertexes").forEach(this::vertex);
        status.path("warnings").forEach(warning -> observer.warning(redaction.apply(text(warning.path("short")))));
    }

    /** The end of what was printed, for the message of a failure. */
    String end() {
        return last.toString();
    }

    private void vertex(JsonNode vertex) {
        Matcher step = STEP.matcher(vertex.path("name").asText());
        String digest = vertex.path("digest").asText();
        String error = vertex.path("error").asText("");
        if (!vertex.hasNonNull("completed") || !error.isEmpty() || !step.matches() || !done.add(digest)) {
            return;
        }
        number++;
        observer.stepDone(
                new Step(
                        number,
                        Math.max(number, total),
                        step.group(1) == null ? "stage-0" : step.group(1),
                        redaction.apply(step.group(2).strip().replaceAll("\\s+", " "))),
                vertex.path("cached").asBoolean(),
                took(vertex));
    }

    private static Duration took(JsonNode vertex) {
        try {
            Duration took = Duration.between(
                    Instant.parse(vertex.path("started").asText()),
                    Instant.parse(vertex.path("completed").asText()));
            return took.isNegative() ? Duration.ZERO : took;
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    /** Pieces of output end where the pipe was empty, and not at the ends of lines. */
    private void log(JsonNode log) {
        StringBuilder text = partial.computeIfAbsent(log.path("vertex").asText(), vertex -> new StringBuilder());
        text.append(text(log.path("data")));
        for (int end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
            tell(text.substring(0, end));
            text.delete(0, end + 1);
        }
        text.setLength(Math.min(text.length(), LONGEST_LINE));
    }

    /** No more comes. */
    void finish() {
        partial.values().stream().filter(text -> !text.isEmpty()).forEach(text -> tell(text.toString()));
        partial.clear();
    }

    private void tell(String line) {
        String clean = redaction.apply(line.stripTrailing());
        last.add(clean);
        observer.output(clean);
    }

    private static String text(JsonNode base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.asText("")), UTF_8);
        } catch (IllegalArgumentException e) {
            return base64.asText();
        }
    }
}
