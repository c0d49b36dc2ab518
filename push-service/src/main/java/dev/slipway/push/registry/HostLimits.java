package dev.slipway.push.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** How much one registry is asked for at once, over all repositories and builds. */
final class HostLimits {
    private final int requestsAtOnce;
    private final int uploadsAtOnce;
    private final Map<String, Semaphore> requests = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> uploads = new ConcurrentHashMap<>();

    HostLimits(int requestsAtOnce, int uploadsAtOnce) {
        this.requestsAtOnce = requestsAtOnce;
        this.uploadsAtOnce = uploadsAtOnce;
    }

    <T> T request(String registry, Supplier<T> work) {
        return with(requests.computeIfAbsent(registry, name -> new Semaphore(requestsAtOnce, true)), work);
    }

    /** Uploads wait for each other only, since they are long. */
    <T> T upload(String registry, Supplier<T> work) {
        return with(uploads.computeIfAbsent(registry, name -> new Semaphore(uploadsAtOnce, true)), work);
    }

    private static <T> T with(Semaphore permits, Supplier<T> work) {
        permits.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }
}
