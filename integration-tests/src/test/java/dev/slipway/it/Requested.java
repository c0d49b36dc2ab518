package dev.slipway.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.events.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests made after the pattern of one that the command line sent, so that the context lies in staging already. */
final class Requested {
    private static final Pattern BUILD_ID = Pattern.compile("\\b[0-9a-f]{32}\\b");

    private Requested() {}

    /** The same source and options under an id, a time and tags of their own. */
    static Request like(Stack stack, Command build, String id, Instant time, Optional<String> trace, String... tags) {
        String json = stack
                .log()
                .await(
                        buildId(stack, build),
                        Duration.ofSeconds(30),
                        entries -> entries.stream().anyMatch(entry -> entry.type() == EventType.BUILD_PLANNED))
                .stream()
                .filter(entry -> entry.type() == EventType.BUILD_PLANNED)
                .map(BuildLog.Entry::data)
                .findFirst()
                .orElseThrow();
        JsonNode request = Http.parse(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .path("plan")
                .path("request");
        ObjectNode copy = request.deepCopy();
        copy.putArray("tags").addAll(Arrays.stream(tags).map(copy::textNode).toList());
        return new Request("/it/producer", id, time, trace, copy.toString());
    }

    private static String buildId(Stack stack, Command build) {
        Matcher matcher = BUILD_ID.matcher(build.printed());
        while (matcher.find()) {
            if (Http.json(stack.gateway() + "/v1/builds/" + matcher.group()).isPresent()) {
                return matcher.group();
            }
        }
        throw new AssertionError("no build id in what the command printed: " + build.printed());
    }
}
