package dev.slipway.build.kafka.worker;

import dev.slipway.build.queue.Run;
import dev.slipway.build.work.WorkerRuns;
import dev.slipway.events.WorkerEvent.WorkerStatus;
import dev.slipway.events.model.WorkerState;
import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Says once a second, and at each change, what this worker runs. */
public final class StatusReporter {
    private static final Logger LOG = Logger.getLogger(StatusReporter.class);

    private final WorkerProfile self;
    private final WorkerRuns runs;
    private final EventPublisher publisher;
    private final EventWriter writer;
    private final Clock clock;
    private final Duration period;
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("worker status").unstarted(this::run);
    private volatile WorkerState state = WorkerState.READY;
    private volatile boolean stopped;
    private volatile Instant acknowledged = Instant.MIN;

    public StatusReporter(
            WorkerProfile self,
            WorkerRuns runs,
            EventPublisher publisher,
            EventWriter writer,
            Clock clock,
            Duration period) {
        this.self = self;
        this.runs = runs;
        this.publisher = publisher;
        this.writer = writer;
        this.clock = clock;
        this.period = period;
    }

    /** The first status announces this incarnation: from then on it can be chosen. */
    void start() {
        thread.start();
    }

    public void changed() {
        changes.release();
    }

    public void drain() {
        state = WorkerState.DRAINING;
        changed();
    }

    /** Sends a last status. */
    public void stop() {
        stopped = true;
        changed();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** When Kafka last acknowledged a status. */
    public Instant acknowledged() {
        return acknowledged;
    }

    private void run() {
        try {
            boolean last;
            do {
                last = stopped;
                report();
            } while (!last && waitForChange());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean waitForChange() throws InterruptedException {
        if (changes.tryAcquire(period.toMillis(), TimeUnit.MILLISECONDS)) {
            changes.drainPermits();
        }
        return true;
    }

    private void report() {
        try {
            List<Run> finished = runs.finished();
            publisher.send(writer.fact(status(finished)));
            runs.told(finished);
            acknowledged = clock.instant();
        } catch (BusUnavailableException e) {
            LOG.warnf("slipway.status_unsent slipway.worker=%s reason=%s", self.worker(), e.getMessage());
        }
    }

    private WorkerStatus status(List<Run> finished) {
        return new WorkerStatus(
                self.worker(),
                self.incarnation(),
                state,
                self.pool(),
                self.labels(),
                self.nativePlatforms(),
                self.emulatedPlatforms(),
                self.builders(),
                self.slots(),
                AssignmentTranslation.toEvent(runs.running()),
                AssignmentTranslation.toEvent(finished),
                clock.instant());
    }
}
