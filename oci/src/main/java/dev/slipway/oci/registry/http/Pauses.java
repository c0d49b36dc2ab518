package dev.slipway.oci.registry.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time pass between attempts. */
@FunctionalInterface
public interface Pauses {

    void pause(Duration length) throws InterruptedException;

    /** The real thing: the calling thread waits. */
    static Pauses waiting() {
        return length -> {
            boolean counted = new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS);
            assert !counted;
        };
    }
}
