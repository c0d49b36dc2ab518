package dev.slipway.push.registry;

import dev.slipway.oci.registry.http.RequestObserver;
import dev.slipway.push.Traffic;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what goes to one target. */
final class TrafficCount implements RequestObserver {
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong bytesMounted = new AtomicLong();

    @Override
    public void answered(String method, int status) {
        requests.incrementAndGet();
    }

    @Override
    public void sent(long bytes) {
        bytesSent.addAndGet(bytes);
    }

    void mounted(long bytes) {
        bytesMounted.addAndGet(bytes);
    }

    Traffic total() {
        return new Traffic(bytesSent.get(), bytesMounted.get(), requests.get());
    }
}
