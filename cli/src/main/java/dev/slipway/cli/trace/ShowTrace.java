package dev.slipway.cli.trace;

import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.gateway.GatewayFailure;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.report.CommandFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Fetches the trace of a build. */
public final class ShowTrace {
    private static final Duration POLL = Duration.ofMillis(250);

    private final Gateway gateway;

    public ShowTrace(Gateway gateway) {
        this.gateway = gateway;
    }

    /** The tree as text; fails where the span store knows nothing of the build's trace. */
    public List<String> lines(String buildId) {
        String traceId = Json.text(gateway.build(buildId), "traceId")
                .orElseThrow(() -> CommandFailure.unavailable(
                        "the gateway at %s knows no trace of build %s".formatted(gateway.url(), buildId)));
        TraceTree tree = fetch(traceId);
        if (tree.size() == 0) {
            throw CommandFailure.unavailable(
                    "the span store has no span of trace %s: services export theirs every few seconds"
                            .formatted(traceId));
        }
        return tree.lines();
    }

    /**
     * The tree once a number of services have exported to it and it has stopped growing, or what there is when time is up.
     */
    public List<String> linesOf(String traceId, int services, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        TraceTree before = fetch(traceId);
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(POLL.toNanos());
            TraceTree now = fetch(traceId);
            if (now.services() >= services && now.size() == before.size()) {
                return now.lines();
            }
            before = now;
        }
        return before.lines();
    }

    private TraceTree fetch(String traceId) {
        try {
            return TraceTree.of(gateway.trace(traceId));
        } catch (GatewayFailure e) {
            if (e.kind() == GatewayFailure.Kind.NOT_FOUND) {
                return TraceTree.of(Json.object());
            }
            throw e;
        }
    }
}
