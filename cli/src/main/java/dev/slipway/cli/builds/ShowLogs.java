package dev.slipway.cli.builds;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.gateway.FollowEvents;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.gateway.ReceivedEvent;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.Terminal;
import dev.slipway.events.EventType;
import dev.slipway.oci.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Prints what the platforms of a build print, as it comes, until none of them runs any more. What did not come, because Kafka
 * keeps lines for a while only, is read from where the workers have kept it.
 */
final class ShowLogs {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String LINES = "dev.slipway.log.lines";

    /** After these no platform of the build runs. */
    private static final Set<EventType> ENDS = Set.of(
            EventType.BUILD_REJECTED,
            EventType.BUILD_CANCELLED,
            EventType.IMAGE_ASSEMBLY_READY,
            EventType.IMAGE_ASSEMBLY_FAILED,
            EventType.IMAGE_ASSEMBLED,
            EventType.IMAGE_PUBLISHED,
            EventType.IMAGE_PUBLISH_FAILED,
            EventType.IMAGE_SUPERSEDED);

    private final Gateway gateway;
    private final Terminal terminal;
    private final Optional<String> wanted;
    private final Map<Attempt, Long> heard = new LinkedHashMap<>();
    private final Map<Attempt, JsonNode> kept = new LinkedHashMap<>();

    private record Attempt(String platform, int number) {
        @Override
        public String toString() {
            return number > 1 ? "%s, attempt %d".formatted(platform, number) : platform;
        }
    }

    /**
     * Sets up.
     *
     * @param wanted the only platform whose log is wanted
     */
    ShowLogs(Gateway gateway, Terminal terminal, Optional<String> wanted) {
        this.gateway = gateway;
        this.terminal = terminal;
        this.wanted = wanted;
    }

    void show(String buildId) {
        new FollowEvents(gateway, PATIENCE).follow(Optional.of(buildId), true, this::take);
        kept.forEach(this::complete);
        if (heard.isEmpty()) {
            terminal.note("build %s has printed nothing%s: the embedded builder never does"
                    .formatted(
                            buildId, wanted.map(platform -> " for " + platform).orElse("")));
        }
    }

    private boolean take(ReceivedEvent event) {
        Optional<EventType> type = event.type();
        JsonNode data = event.data();
        if (type.equals(Optional.of(EventType.BUILD_LOGGED))) {
            print(data);
        } else if (type.equals(Optional.of(EventType.PLATFORM_BUILT))) {
            link(data.path("image").path("platform").asText(), data);
        } else if (type.equals(Optional.of(EventType.PLATFORM_BUILD_FAILED))) {
            link(data.path("platform").asText(), data);
        }
        return type.filter(ENDS::contains).isEmpty();
    }

    private void print(JsonNode data) {
        Attempt attempt =
                new Attempt(data.path("platform").asText(), data.path("attempt").asInt(1));
        if (isWanted(attempt)) {
            for (JsonNode line : data.path("lines")) {
                print(attempt, line.asText());
            }
        }
    }

    private void print(Attempt attempt, String line) {
        terminal.print("[%s] %s".formatted(attempt, line));
        heard.merge(attempt, 1L, Long::sum);
    }

    private void link(String platform, JsonNode data) {
        Attempt attempt = new Attempt(platform, data.path("attempt").asInt(1));
        if (data.has("log") && isWanted(attempt)) {
            kept.put(attempt, data.path("log"));
        }
    }

    private boolean isWanted(Attempt attempt) {
        return wanted.isEmpty() || wanted.get().equals(attempt.platform());
    }

    private void complete(Attempt attempt, JsonNode log) {
        long came = heard.getOrDefault(attempt, 0L);
        if (Long.toString(came).equals(log.path("annotations").path(LINES).asText())) {
            return;
        }
        if (came > 0) {
            terminal.note("[%s] that was not all; the whole log, as it was kept:".formatted(attempt));
        }
        Digest digest = new Digest(Json.text(log, "digest").orElse(""));
        try (BufferedReader text = new BufferedReader(new InputStreamReader(gateway.log(digest), UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                print(attempt, line);
            }
        } catch (IOException e) {
            throw CommandFailure.unavailable("the log of %s broke off: %s".formatted(attempt, e.getMessage()));
        }
    }
}
