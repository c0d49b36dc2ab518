package dev.slipway.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An event as one line for people. */
public final class EventText {
    private static final List<String> SHOWN = List.of(
            "platform",
            "worker",
            "attempt",
            "position",
            "waiting",
            "reused",
            "reference",
            "digest",
            "reason",
            "supersededBy",
            "outcome",
            "decision",
            "deadline");
    private static final int SHORT_ID = 8;

    private EventText() {}

    /** One line, without the line's end; with the build it is of, where that is not known already. */
    public static String line(ReceivedEvent event, boolean withBuild) {
        StringBuilder line =
                new StringBuilder(event.time().map(Object::toString).orElse("-"));
        if (withBuild) {
            line.append("  ")
                    .append(shortened(
                            Json.text(event.envelope(), "correlationid").orElse("-")));
        }
        line.append("  ").append(shortType(event.typeName()));
        JsonNode data = event.data();
        List<String> details = new ArrayList<>();
        for (String property : SHOWN) {
            Json.text(data, property)
                    .filter(value -> !value.isEmpty() && !value.equals("false"))
                    .ifPresent(value -> details.add(property + "=" + value));
        }
        text(data, "image", "platform").ifPresent(platform -> details.add("platform=" + platform));
        text(data, "index", "digest").ifPresent(digest -> details.add("index=" + digest));
        for (JsonNode failure : data.path("failures")) {
            details.add(failure.path("code").asText() + ": "
                    + failure.path("message").asText());
        }
        for (JsonNode violation : data.path("violations")) {
            details.add("%s %s%s: %s"
                    .formatted(
                            violation.path("action").asText(),
                            violation.path("rule").asText(),
                            Json.text(violation, "platform").map(on -> " " + on).orElse(""),
                            violation.path("message").asText()));
        }
        if (data.has("failure")) {
            JsonNode failure = data.path("failure");
            details.add(failure.path("code").asText() + ": "
                    + failure.path("message").asText());
        }
        if (!details.isEmpty()) {
            line.append("  ").append(String.join("  ", details));
        }
        return line.toString();
    }

    private static Optional<String> text(JsonNode data, String object, String property) {
        return Json.text(data.path(object), property);
    }

    /** {@code dev.slipway.image.published.v1} without what all have. */
    private static String shortType(String type) {
        String name = type.startsWith("dev.slipway.") ? type.substring("dev.slipway.".length()) : type;
        return name.endsWith(".v1") ? name.substring(0, name.length() - 3) : name;
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }
}
