package dev.slipway.local.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Requests wait, before the registry hears of them, until somebody lets them go. */
public final class Hold implements Fault {
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile boolean released;

    /** Waits until a request is held; false where none came in time. */
    public boolean reachedWithin(Duration limit) throws InterruptedException {
        return reached.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    public void release() {
        released = true;
    }

    @Override
    public void happen(Exchange exchange) throws IOException {
        reached.countDown();
        while (!released) {
            if (!exchange.pause(LOOK_EVERY)) {
                throw new IOException("closed while a request was held");
            }
        }
        exchange.proceed();
    }
}
