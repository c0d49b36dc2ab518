package dev.slipway.build.scheduler;

import dev.slipway.build.queue.Assignment;
import dev.slipway.build.queue.BuildKey;
import dev.slipway.build.queue.QueueEntry;
import dev.slipway.build.queue.QueuedBuild;
import dev.slipway.build.queue.Run;
import dev.slipway.build.queue.WantedWorker;
import dev.slipway.events.BuildPlan;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the queue as the store keeps it.
 *
 * @param origin what every event about it inherits
 * @param order absent when it is over: nobody will be asked to build it again
 */
record StoredBuild(
        String buildId,
        String platform,
        long position,
        String pool,
        Map<String, String> workerLabels,
        String builder,
        String tenant,
        int priority,
        Standing standing,
        Origin origin,
        @Nullable Order order) {

    @SuppressWarnings("NullAway") // entries that an earlier version has kept have neither
    StoredBuild {
        workerLabels = workerLabels == null ? Map.of() : workerLabels;
        tenant = tenant == null ? "default" : tenant;
    }

    /**
     * Where it came from.
     *
     * @param trace the request's
     * @param causedBy id of the event that queued it
     */
    record Origin(String trace, String causedBy) {}

    /**
     * What an assignment is made from.
     *
     * @param hop span that sent the event that queued it
     */
    record Order(BuildPlan plan, @Nullable String hop, Instant queuedAt) {}

    enum Kind {
        WAITING,
        ASSIGNED,
        OVER
    }

    /** The core's standing, flat. */
    record Standing(
            Kind kind,
            int attempt,
            long epoch,
            @Nullable String worker,
            long incarnation,
            boolean emulated,
            @Nullable Instant since) {

        static Standing of(QueueEntry.Standing standing) {
            return switch (standing) {
                case QueueEntry.Waiting(int attempts, long epoch, Instant since) ->
                    new Standing(Kind.WAITING, attempts, epoch, null, 0, false, since);
                case QueueEntry.Assigned(Assignment(Run run, var worker, var incarnation, var emulated), var since) ->
                    new Standing(Kind.ASSIGNED, run.attempt(), run.epoch(), worker, incarnation, emulated, since);
                case QueueEntry.Over(long epoch, Instant since) ->
                    new Standing(Kind.OVER, 0, epoch, null, 0, false, since);
            };
        }
    }

    static StoredBuild of(QueueEntry entry, Origin origin, @Nullable Order order) {
        QueuedBuild build = entry.build();
        boolean over = entry.standing() instanceof QueueEntry.Over;
        return new StoredBuild(
                build.key().buildId(),
                build.key().platform(),
                build.position(),
                build.worker().pool(),
                build.worker().labels(),
                build.builder(),
                build.tenant(),
                build.priority(),
                Standing.of(entry.standing()),
                origin,
                over ? null : order);
    }

    QueueEntry toEntry() {
        BuildKey key = new BuildKey(buildId, platform);
        WantedWorker worker = new WantedWorker(pool, workerLabels);
        return new QueueEntry(new QueuedBuild(key, position, worker, builder, tenant, priority), toStanding(key));
    }

    private QueueEntry.Standing toStanding(BuildKey key) {
        Instant since = standing.since() == null ? Instant.EPOCH : standing.since();
        String worker = standing.worker() == null ? "" : standing.worker();
        return switch (standing.kind()) {
            case WAITING -> new QueueEntry.Waiting(standing.attempt(), standing.epoch(), since);
            case ASSIGNED -> {
                Run run = new Run(key, standing.attempt(), standing.epoch());
                yield new QueueEntry.Assigned(
                        new Assignment(run, worker, standing.incarnation(), standing.emulated()), since);
            }
            case OVER -> new QueueEntry.Over(standing.epoch(), since);
        };
    }
}
