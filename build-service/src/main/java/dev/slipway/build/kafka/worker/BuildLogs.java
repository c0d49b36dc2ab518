package dev.slipway.build.kafka.worker;

import dev.slipway.build.BuildObserver;
import dev.slipway.events.AssignmentEvent.PlatformBuildAssigned;
import dev.slipway.events.LogEvent.BuildLogged;
import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventPublisher;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Sends what a build prints to the topic of logs as it comes, several lines an event. A build never waits for it: where Kafka
 * is too slow, lines are lost, and the log says how many. What is kept has them all.
 */
final class BuildLogs implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BuildLogs.class);
    private static final int LONGEST_LINE = 4096;
    private static final int LINES_IN_EVENT = 200;

    /** A character takes six bytes of JSON at most, and a record has room for a million. */
    private static final int CHARACTERS_IN_EVENT = 100_000;

    private static final int LINES_WAITING = 10_000;
    private static final Duration TOGETHER = Duration.ofMillis(200);
    private static final Duration LAST = Duration.ofSeconds(5);

    private final EventPublisher publisher;
    private final Cause cause;
    private final PlatformBuildAssigned assigned;
    private final KeptLog kept;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Thread sender;
    private long lost;
    private long sent;
    private boolean closed;

    BuildLogs(EventPublisher publisher, Cause cause, PlatformBuildAssigned assigned, KeptLog kept) {
        this.publisher = publisher;
        this.cause = cause;
        this.assigned = assigned;
        this.kept = kept;
        this.sender = Thread.ofVirtual()
                .name("log of " + assigned.buildId())
                .start(Context.current().wrap(this::send));
    }

    /** An observer that sends output and leaves the rest to another. */
    BuildObserver before(BuildObserver other) {
        return new BuildObserver() {
            @Override
            public void stepDone(Step step, boolean reused, Duration took) {
                other.stepDone(step, reused, took);
            }

            @Override
            public void warning(String text) {
                other.warning(text);
            }

            @Override
            public void output(String line) {
                add(line);
                other.output(line);
            }
        };
    }

    private void add(String line) {
        kept.add(line);
        lock.lock();
        try {
            if (waiting.size() >= LINES_WAITING) {
                lost++;
                return;
            }
            sayWhatIsLost();
            waiting.addLast(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Where it was lost: behind what was waiting. */
    private void sayWhatIsLost() {
        if (lost > 0) {
            waiting.addLast("… %d lines were lost here".formatted(lost));
            lost = 0;
        }
    }

    /** Sends the rest. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!sender.join(LAST)) {
                LOG.warnf("slipway.log_cut slipway.build.id=%s", assigned.buildId());
                sender.interrupt();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        try {
            for (List<String> lines = next(); !lines.isEmpty(); lines = next()) {
                publish(lines);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(List<String> lines) {
        try {
            publisher.publish(
                    cause, new BuildLogged(assigned.buildId(), assigned.platform(), assigned.attempt(), sent, lines));
        } catch (BusUnavailableException e) {
            LOG.warnf("slipway.log_unsent slipway.build.id=%s reason=%s", assigned.buildId(), e.getMessage());
        }
        sent += lines.size();
    }

    /** Empty at the end. Waits a little once there is something, for what comes right after it. */
    private List<String> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            long left = TOGETHER.toNanos();
            while (waiting.size() < LINES_IN_EVENT && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            List<String> lines = new ArrayList<>();
            int characters = 0;
            while (!waiting.isEmpty() && lines.size() < LINES_IN_EVENT) {
                characters += waiting.getFirst().length();
                if (characters > CHARACTERS_IN_EVENT) {
                    return lines;
                }
                lines.add(waiting.removeFirst());
            }
            if (waiting.isEmpty()) {
                sayWhatIsLost();
            }
            return lines;
        } finally {
            lock.unlock();
        }
    }
}
