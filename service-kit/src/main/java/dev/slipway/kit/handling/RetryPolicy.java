package dev.slipway.kit.handling;

import dev.slipway.kit.events.BusUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often and how fast a failed step is tried again.
 *
 * @param attempts in all, the first included
 * @param first pause after the first failure; it doubles up to {@code longest}
 * @param remembered how many handled events are kept to drop their repetitions
 */
public record RetryPolicy(int attempts, Duration first, Duration longest, int remembered) {

    /** Outlasts the restart of a registry, which takes its own clients seconds to notice each time. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(8, Duration.ofMillis(200), Duration.ofSeconds(5), 10_000);

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more: %d".formatted(attempts));
        }
    }

    /** Repeats work for as long as Kafka does not acknowledge; ends early only when the thread is interrupted. */
    void whileBusIsDown(Runnable work) {
        for (int failures = 1; ; failures++) {
            try {
                work.run();
                return;
            } catch (BusUnavailableException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                pause(failures);
            }
        }
    }

    void pause(int failures) {
        long millis = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, 20));
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("interrupted between two attempts", e);
        }
    }
}
