package dev.slipway.cli.build;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.gateway.ReceivedEvent;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.progress.Row;
import dev.slipway.cli.progress.Row.State;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.events.model.FailureCode;
import dev.slipway.oci.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the events so far say of a build. Events come at least once, and those of different topics in any order: what is known
 * already is never taken back.
 */
public final class BuildState {
    private static final String CONTEXT = "context";
    private static final String PLAN = "plan";
    private static final String ASSEMBLE = "assemble";
    private static final String PUBLISH = "publish";
    private static final int MAX_ROWS = 40;

    private final BuildOptions.WaitFor waitFor;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Instant> ends = new LinkedHashMap<>();
    private final List<String> platforms;
    private @Nullable Instant submitted;
    private @Nullable Outcome outcome;

    public BuildState(List<Platform> platforms, BuildOptions.WaitFor waitFor) {
        this.waitFor = waitFor;
        this.platforms = platforms.stream().map(Platform::name).toList();
        put(Row.waiting(CONTEXT));
        put(Row.waiting(PLAN));
        this.platforms.forEach(platform -> put(Row.waiting(platform)));
        put(Row.waiting(ASSEMBLE));
        if (waitFor == BuildOptions.WaitFor.PUBLISHED) {
            put(Row.waiting(PUBLISH));
        }
    }

    public List<Row> rows() {
        return List.copyOf(rows.values());
    }

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    void sending(Instant since) {
        put(new Row(CONTEXT, new State.Running(since), ""));
    }

    void sent(Duration took, String detail) {
        put(new Row(CONTEXT, new State.Done(took), detail));
    }

    void accepted(Instant at) {
        submitted = at;
        put(new Row(PLAN, new State.Running(at), ""));
    }

    /** Takes an event in. */
    public void apply(ReceivedEvent event) {
        if (event.type().isEmpty() || outcome != null) {
            return;
        }
        JsonNode data = event.data();
        Instant at = event.time().orElseGet(() -> submitted == null ? Instant.EPOCH : submitted);
        switch (event.type().get()) {
            case BUILD_PLANNED -> planned(at);
            case PLATFORM_BUILD_WAITING -> waiting(data, at);
            case PLATFORM_BUILD_STARTED -> started(data, at);
            case PLATFORM_BUILT -> built(data, at);
            case PLATFORM_BUILD_FAILED -> attemptFailed(data);
            case IMAGE_ASSEMBLY_READY -> run(ASSEMBLE, at, "");
            case IMAGE_ASSEMBLED -> assembled(data, at);
            case POLICY_DECIDED -> decided(data);
            case TAG_MOVE_REQUESTED -> run(PUBLISH, at, "staged everywhere, moving tags");
            case IMAGE_PUBLISHED, IMAGE_ROLLED_BACK -> published(data, at);
            case BUILD_REJECTED -> failed("was rejected", data, PLAN);
            case BUILD_CANCELLED ->
                failed("was cancelled: " + data.path("reason").asText(), data, PLAN);
            case IMAGE_ASSEMBLY_FAILED -> failed("failed, and no index was written", data, ASSEMBLE);
            case IMAGE_PUBLISH_FAILED -> failed("could not be published", data, PUBLISH);
            case IMAGE_SUPERSEDED ->
                failed(
                        "was superseded by the newer build "
                                + data.path("supersededBy").asText(),
                        data,
                        PUBLISH);
            case BUILD_REQUESTED,
                    BUILD_CANCEL_REQUESTED,
                    ROLLBACK_REQUESTED,
                    COPY_REQUESTED,
                    INDEX_CHANGE_REQUESTED,
                    WARMUP_REQUESTED,
                    PLATFORM_BUILD_QUEUED,
                    PLATFORM_BUILD_CANCELLED,
                    WORKER_STATUS,
                    PLATFORM_BUILD_ASSIGNED,
                    PLATFORM_BUILD_REVOKED,
                    BUILD_CANCEL_RECEIVED,
                    BUILD_DEADLINE_PASSED,
                    IMAGE_PUBLISH_PREPARED,
                    ACCESS_DECIDED,
                    TAG_MOVED,
                    WARMUP_STARTED,
                    WARMUP_PROGRESSED,
                    IMAGE_WARMED,
                    WARMUP_FAILED,
                    IMAGE_EVICTED,
                    PULL_POLICY_DECIDED,
                    WARM_SET_CHANGED,
                    BUILD_LOGGED -> {}
        }
    }

    private void planned(Instant at) {
        end(PLAN, since(PLAN, at), at, "");
        platforms.forEach(platform -> run(platform, at, "queued"));
    }

    private void waiting(JsonNode data, Instant at) {
        run(
                data.path("platform").asText(),
                at,
                "waits for a worker, %d of %d in pool %s"
                        .formatted(
                                data.path("position").asInt(),
                                data.path("waiting").asInt(),
                                data.path("pool").asText()));
    }

    private void started(JsonNode data, Instant at) {
        String emulated = data.path("emulated").asBoolean() ? ", emulated" : "";
        int attempt = data.path("attempt").asInt(1);
        run(
                data.path("platform").asText(),
                at,
                "building on %s (%s%s)%s"
                        .formatted(
                                data.path("worker").asText(),
                                data.path("builder").asText(),
                                emulated,
                                attempt > 1 ? ", attempt " + attempt : ""));
    }

    private void built(JsonNode data, Instant at) {
        String platform = data.path("image").path("platform").asText();
        Instant from = Json.text(data, "startedAt").map(Instant::parse).orElse(at);
        Instant to = Json.text(data, "finishedAt").map(Instant::parse).orElse(at);
        String digest = data.path("image").path("manifest").path("digest").asText();
        end(platform, from, to, digest + (data.path("reused").asBoolean() ? ", was there already" : ""));
        if (platforms.stream().allMatch(ends::containsKey)) {
            run(ASSEMBLE, at, "");
        }
    }

    private void attemptFailed(JsonNode data) {
        String platform = data.path("platform").asText();
        if (rows.containsKey(platform) && !ends.containsKey(platform)) {
            put(new Row(platform, new State.Failed(), reason(data.path("failure"))));
        }
    }

    /** A line for each rule that does not hold; of very many, the first. */
    private void decided(JsonNode data) {
        for (JsonNode violation : data.path("violations")) {
            String rule = violation.path("rule").asText();
            String name = "policy "
                    + Json.text(violation, "platform")
                            .map(on -> rule + " " + on)
                            .orElse(rule);
            boolean denies = violation.path("action").asText().equals("deny");
            if (rows.size() < MAX_ROWS || rows.containsKey(name)) {
                put(new Row(
                        name,
                        denies ? new State.Failed() : new State.Warned(),
                        violation.path("message").asText()));
            }
        }
    }

    private void assembled(JsonNode data, Instant at) {
        JsonNode index = data.path("index");
        end(ASSEMBLE, since(ASSEMBLE, at), at, index.path("digest").asText());
        if (waitFor == BuildOptions.WaitFor.ASSEMBLED) {
            List<String> missing = new ArrayList<>();
            data.path("missingPlatforms").forEach(platform -> missing.add(platform.asText()));
            outcome = new Outcome.Assembled(index, missing);
        } else {
            run(PUBLISH, at, "");
        }
    }

    private void published(JsonNode data, Instant at) {
        end(PUBLISH, since(PUBLISH, at), at, "");
        outcome = new Outcome.Published(data.path("index"), data.path("targets"));
    }

    private void failed(String what, JsonNode data, String row) {
        List<String> reasons = new ArrayList<>();
        ExitCode exit = ExitCode.BUILD_FAILED;
        for (JsonNode failure : data.path("failures")) {
            reasons.add(reason(failure));
            exit = exit == ExitCode.BUILD_FAILED ? exit(failure.path("code").asText()) : exit;
        }
        for (JsonNode target : data.path("targets")) {
            reasons.add("%s is %s%s"
                    .formatted(
                            target.path("reference").asText(),
                            target.path("state").asText(),
                            target.has("failure") ? ": " + reason(target.path("failure")) : ""));
        }
        if (rows.containsKey(row)) {
            put(new Row(row, new State.Failed(), ""));
        }
        outcome = new Outcome.Failed(what, reasons, exit);
    }

    private static ExitCode exit(String code) {
        if (code.equals(FailureCode.DEADLINE_EXCEEDED.name())) {
            return ExitCode.TIMEOUT;
        }
        boolean denied = code.equals(FailureCode.POLICY_DENIED.name()) || code.equals(FailureCode.ACCESS_DENIED.name());
        return denied ? ExitCode.DENIED : ExitCode.BUILD_FAILED;
    }

    private static String reason(JsonNode failure) {
        return failure.path("code").asText() + ": " + failure.path("message").asText();
    }

    private void run(String row, Instant at, String detail) {
        Row known = rows.get(row);
        if (known == null || ends.containsKey(row)) {
            return;
        }
        Instant since = known.state() instanceof State.Running running ? running.since() : at;
        put(new Row(row, new State.Running(since), detail));
    }

    private void end(String row, Instant from, Instant to, String detail) {
        if (rows.containsKey(row) && ends.putIfAbsent(row, to) == null) {
            Duration took = Duration.between(from, to);
            put(new Row(row, new State.Done(took.isNegative() ? Duration.ZERO : took), detail));
        }
    }

    private Instant since(String row, Instant otherwise) {
        return rows.get(row) instanceof Row(String name, State.Running running, String detail)
                ? running.since()
                : otherwise;
    }

    private void put(Row row) {
        rows.put(row.name(), row);
    }
}
