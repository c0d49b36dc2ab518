package dev.slipway.local.faults;

import dev.slipway.local.faults.message.Head;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry whose reads lag behind its writes: what was written is not there yet for some reads, or is still the old. */
public final class LaggingReads implements Fault {
    private static final int LARGEST_MANIFEST = 8 * 1024 * 1024;

    private final int reads;
    private final Map<String, Before> before = new ConcurrentHashMap<>();

    /**
     * Lags behind each write.
     *
     * @param reads of a manifest or a blob that still find what was there before it was written
     */
    public LaggingReads(int reads) {
        this.reads = reads;
    }

    private static final class Before {
        private final Head head;
        private final byte[] content;
        private final AtomicInteger left;

        private Before(Head head, byte[] content, int reads) {
            this.head = head;
            this.content = content;
            this.left = new AtomicInteger(reads);
        }
    }

    @Override
    public void happen(Exchange exchange) throws IOException {
        switch (exchange.method()) {
            case "PUT" -> write(exchange);
            case "GET", "HEAD" -> read(exchange);
            default -> exchange.proceed();
        }
    }

    private void write(Exchange exchange) throws IOException {
        String path = written(exchange);
        Before now;
        try (RegistryAnswer answer = exchange.ask("GET", path)) {
            boolean there = answer.head().status() == 200;
            now = new Before(answer.head(), there ? answer.body().readNBytes(LARGEST_MANIFEST) : new byte[0], reads);
        }
        exchange.proceed();
        if (exchange.status().filter(status -> status / 100 == 2).isPresent()) {
            before.put(path, now);
        }
    }

    private void read(Exchange exchange) throws IOException {
        Before old = before.get(exchange.path());
        if (old == null || old.left.getAndDecrement() <= 0) {
            exchange.proceed();
        } else if (old.head.status() == 200) {
            exchange.answer(old.head, old.content);
        } else {
            exchange.answer(404, "");
        }
    }

    /** What a PUT makes readable: a blob's upload ends with the digest that it will have. */
    private static String written(Exchange exchange) {
        String path = exchange.path();
        int uploads = path.indexOf("/blobs/uploads/");
        return uploads < 0
                ? path
                : path.substring(0, uploads) + "/blobs/"
                        + exchange.parameter("digest").orElse("");
    }
}
