package dev.slipway.build.kafka.worker;

import dev.slipway.build.queue.BuildKey;
import dev.slipway.build.work.WorkerRuns;
import dev.slipway.events.AssignmentEvent;
import dev.slipway.events.AssignmentEvent.PlatformBuildAssigned;
import dev.slipway.events.AssignmentEvent.PlatformBuildRevoked;
import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.EventHandling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Takes the assignments that name this worker and runs each on a thread of its own. */
public final class Worker {
    private static final Logger LOG = Logger.getLogger(Worker.class);

    private final WorkerProfile self;
    private final WorkerRuns runs;
    private final EventHandling handling;
    private final BuildStage stage;
    private final Runnable changed;
    private final Semaphore slots;
    private final Map<BuildKey, ActiveBuild> active = new ConcurrentHashMap<>();
    private volatile boolean draining;

    /**
     * Makes a worker that waits for records.
     *
     * @param changed is called when a build starts or ends; must not block
     */
    public Worker(WorkerProfile self, WorkerRuns runs, EventHandling handling, BuildStage stage, Runnable changed) {
        this.self = self;
        this.runs = runs;
        this.handling = handling;
        this.stage = stage;
        this.changed = changed;
        this.slots = new Semaphore(self.slots(), true);
    }

    /** Reads the next record of the log of assignments, and returns when it is known what to do with it. */
    void take(ConsumerRecord<String, byte[]> record) {
        handling.read(record, AssignmentEvent.class).ifPresent(received -> {
            switch (received.event()) {
                case PlatformBuildAssigned assigned -> take(record, received, assigned);
                case PlatformBuildRevoked revoked -> take(revoked);
            }
        });
    }

    /** Takes nothing new, waits for what runs, and hands back what has not ended within the limit. */
    public void drain(Duration limit) {
        draining = true;
        changed.run();
        join(limit);
        active.values().forEach(ActiveBuild::abandon);
        join(Duration.ofSeconds(2));
    }

    private void join(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (ActiveBuild build : List.copyOf(active.values())) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !build.join(Duration.ofNanos(left))) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(
            ConsumerRecord<String, byte[]> record, Received<AssignmentEvent> received, PlatformBuildAssigned assigned) {
        BuildKey key = new BuildKey(assigned.buildId(), assigned.platform());
        boolean mine = self.isMe(assigned.worker(), assigned.incarnation()) && !draining;
        switch (runs.read(AssignmentTranslation.toRun(assigned), mine)) {
            case START -> start(key, record, received);
            case RENEWED -> changed.run();
            case LOST -> {
                LOG.infof(
                        "slipway.build_lost slipway.build.id=%s slipway.platform=%s slipway.worker=%s",
                        assigned.buildId(), assigned.platform(), assigned.worker());
                abandon(key);
            }
            case NOTHING -> {}
        }
    }

    private void take(PlatformBuildRevoked revoked) {
        BuildKey key = new BuildKey(revoked.buildId(), revoked.platform());
        if (self.isMe(revoked.worker(), revoked.incarnation()) && runs.revoke(key, revoked.epoch())) {
            LOG.infof(
                    "slipway.build_revoked slipway.build.id=%s slipway.platform=%s reason=%s",
                    revoked.buildId(), revoked.platform(), revoked.reason());
            abandon(key);
        }
    }

    private void abandon(BuildKey key) {
        ActiveBuild build = active.get(key);
        if (build != null) {
            build.abandon();
        }
    }

    private void start(BuildKey key, ConsumerRecord<String, byte[]> record, Received<AssignmentEvent> received) {
        ActiveBuild build = new ActiveBuild(key, self -> run(self, record, received));
        active.put(key, build);
        build.start();
        changed.run();
    }

    private void run(ActiveBuild build, ConsumerRecord<String, byte[]> record, Received<AssignmentEvent> received) {
        boolean ended = false;
        try {
            slots.acquire();
            try {
                handling.handle(record, received, build.unlessAbandoned(stage));
                ended = !build.isAbandoned();
            } finally {
                slots.release();
            }
        } catch (InterruptedException | BusUnavailableException e) {
            LOG.warnf("slipway.build_interrupted slipway.build.id=%s reason=%s", received.buildId(), e.getMessage());
        } finally {
            active.remove(build.key(), build);
            if (ended) {
                runs.finish(build.key());
            } else {
                runs.abandon(build.key());
            }
            changed.run();
        }
    }
}
