package dev.slipway.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.gateway.ReceivedEvent;
import dev.slipway.cli.report.Columns;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.events.EventType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks for an image to be warmed, and waits until every cluster has ended. */
public final class AskWarmUp {
    private final Submission submission;

    /** Asks in the name of the user, under the trace that the environment names. */
    public AskWarmUp(Gateway gateway, InstantSource clock, Map<String, String> environment) {
        this.submission = new Submission(gateway, clock, environment);
    }

    /**
     * Asks, and waits.
     *
     * @param clusters that the request names; at least one
     * @return how each ended, for people
     * @throws CommandFailure where one failed, saying how each ended
     */
    public List<String> ask(ObjectNode request, Set<String> clusters) {
        String buildId = submission.submit(EventType.WARMUP_REQUESTED, request);
        Set<String> awaited = new LinkedHashSet<>(clusters);
        Columns warmed = new Columns();
        List<String> failures = new ArrayList<>();
        submission.follow(buildId, event -> {
            take(event, awaited, warmed, failures);
            return !awaited.isEmpty();
        });
        List<String> lines = new ArrayList<>(warmed.row("build", buildId).lines());
        if (failures.isEmpty()) {
            return lines;
        }
        lines.addAll(failures);
        throw new CommandFailure(
                ExitCode.BUILD_FAILED, "not every cluster was warmed\n  " + String.join("\n  ", lines));
    }

    /** A cluster without a name stands for all: there is none, or nothing could be tried. */
    private static void take(ReceivedEvent event, Set<String> awaited, Columns warmed, List<String> failures) {
        JsonNode data = event.data();
        String cluster = data.path("cluster").asText();
        if (event.type().equals(Optional.of(EventType.IMAGE_WARMED)) && ended(awaited, cluster)) {
            warmed.row(
                    cluster.isEmpty() ? "-" : cluster,
                    data.path("outcome").asText(),
                    "%d nodes".formatted(data.path("nodes").asInt()),
                    data.path("digest").asText());
        } else if (event.type().equals(Optional.of(EventType.WARMUP_FAILED)) && ended(awaited, cluster)) {
            data.path("failures")
                    .forEach(failure -> failures.add("%s: %s"
                            .formatted(
                                    failure.path("code").asText(),
                                    failure.path("message").asText())));
        }
    }

    private static boolean ended(Set<String> awaited, String cluster) {
        if (cluster.isEmpty()) {
            awaited.clear();
            return true;
        }
        return awaited.remove(cluster);
    }
}
