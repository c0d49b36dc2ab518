package dev.slipway.local.spans;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes exports on to another collector, in their order. While that one is away they wait, up to a number of bytes; then
 * the oldest are given up.
 */
final class BackgroundForwarding implements Forwarding {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundForwarding.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** How long exports that still wait delay the end of this process. */
    private static final Duration FAREWELL = Duration.ofMillis(500);

    private final OtlpEndpoint endpoint;
    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Export> waiting = new ArrayDeque<>();
    private final Thread sender;
    private long waitingBytes;
    private boolean closed;
    private boolean away;

    BackgroundForwarding(OtlpEndpoint endpoint, long mostBytes) {
        this.endpoint = endpoint;
        this.mostBytes = mostBytes;
        this.sender = Thread.ofVirtual().name("otlp-forwarding").start(this::run);
    }

    @Override
    public void offer(Export export) {
        lock.lock();
        try {
            waiting.addLast(export);
            waitingBytes += export.length();
            while (waitingBytes > mostBytes && waiting.size() > 1) {
                waitingBytes -= waiting.removeFirst().length();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (!sender.join(FAREWELL)) {
                sender.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (Export next = next(); next != null; next = next()) {
                deliver(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null when this is closed and nothing waits any more. */
    private @Nullable Export next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            Export next = waiting.pollFirst();
            waitingBytes -= next == null ? 0 : next.length();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void deliver(Export export) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            switch (endpoint.send(export)) {
                case TAKEN -> {
                    away = false;
                    return;
                }
                case REFUSED -> {
                    LOG.warn("{} refused spans", endpoint.url());
                    return;
                }
                case UNAVAILABLE -> {
                    sayOnce();
                    if (isClosedAfter(pause)) {
                        return;
                    }
                }
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void sayOnce() {
        if (!away) {
            LOG.warn("{} does not take spans now; they wait, and are kept here anyway", endpoint.url());
            away = true;
        }
    }

    private boolean isClosedAfter(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            for (long left = pause.toNanos(); left > 0 && !closed; ) {
                left = changed.awaitNanos(left);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
