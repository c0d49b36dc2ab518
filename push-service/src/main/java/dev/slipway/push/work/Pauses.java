package dev.slipway.push.work;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** Waits between two looks at a registry. */
@FunctionalInterface
public interface Pauses {
    void pause(Duration duration);

    /** Real time. An interrupted pause throws, and the thread stays interrupted. */
    static Pauses waiting() {
        return duration -> {
            try {
                TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted in a pause");
            }
        };
    }
}
