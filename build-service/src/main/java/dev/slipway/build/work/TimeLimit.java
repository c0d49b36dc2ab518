package dev.slipway.build.work;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Ends work that takes too long by an interrupt. */
public final class TimeLimit {
    private final ScheduledExecutorService timer;

    public TimeLimit(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** The work did not end in time; whatever it threw when it was interrupted is the cause. */
    public static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExceededException(Duration limit, RuntimeException cause) {
            super("not done within %s".formatted(limit), cause);
        }
    }

    /** Does the work on this thread. Late success is success. */
    public <T> T within(Duration limit, Supplier<T> work) {
        Interruption interruption = new Interruption(Thread.currentThread());
        ScheduledFuture<?> alarm = timer.schedule(interruption::fire, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (interruption.disarm()) {
                throw new ExceededException(limit, e);
            }
            throw e;
        } finally {
            interruption.disarm();
            alarm.cancel(false);
        }
    }

    /** Sees to it that no interrupt comes after the work has ended, nor stays behind. */
    private static final class Interruption {
        private final Thread worker;
        private boolean armed = true;
        private boolean fired;

        Interruption(Thread worker) {
            this.worker = worker;
        }

        synchronized void fire() {
            if (armed) {
                fired = true;
                worker.interrupt();
            }
        }

        /** Whether the alarm had gone off. */
        synchronized boolean disarm() {
            if (armed) {
                armed = false;
                if (fired) {
                    Thread.interrupted();
                }
            }
            return fired;
        }
    }
}
