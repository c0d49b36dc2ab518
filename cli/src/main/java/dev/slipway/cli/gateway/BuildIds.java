package dev.slipway.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.report.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Build ids as people give them: whole, or the first digits of one. */
public final class BuildIds {
    private static final Pattern WHOLE = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{1,31}");
    private static final int SHOWN = 5;

    private final Gateway gateway;

    public BuildIds(Gateway gateway) {
        this.gateway = gateway;
    }

    /** The build id that a text names; a whole one is taken as it is. */
    public String resolve(String text) {
        if (WHOLE.matcher(text).matches()) {
            return text;
        }
        if (!PREFIX.matcher(text).matches()) {
            throw CommandFailure.usage("not a build id or the beginning of one: '%s'".formatted(text));
        }
        List<String> found = new ArrayList<>();
        for (JsonNode build : list(gateway.builds())) {
            Json.text(build, "buildId").filter(id -> id.startsWith(text)).ifPresent(found::add);
        }
        return switch (found.size()) {
            case 1 -> found.getFirst();
            case 0 ->
                throw CommandFailure.usage(
                        "the gateway at %s knows no build whose id begins with '%s'".formatted(gateway.url(), text));
            default ->
                throw CommandFailure.usage("'%s' is the beginning of %d build ids, among them %s"
                        .formatted(
                                text,
                                found.size(),
                                String.join(", ", found.subList(0, Math.min(SHOWN, found.size())))));
        };
    }

    private static JsonNode list(JsonNode answer) {
        return answer.isArray() ? answer : answer.path("builds");
    }
}
