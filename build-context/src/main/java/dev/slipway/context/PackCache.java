package dev.slipway.context;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** What is known of packs, and the packs used last, as far as they fit. */
final class PackCache {
    private static final long MAX_PACK = 64L * 1024 * 1024;
    private static final long KEPT_BYTES = 32L * 1024 * 1024;
    private static final int KEPT_ENTRIES = 200_000;
    private static final int PARALLEL = 8;

    private final ContentStore store;
    private final LinkedHashMap<Digest, byte[]> contents = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<Digest, List<ContextEntry>> indexes = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private int entries;

    PackCache(ContentStore store) {
        this.store = store;
    }

    /** Makes sure that the index of each pack is there, reading what is not at the same time. */
    void fetch(List<Descriptor> packs) {
        List<Descriptor> missing = packs.stream().filter(pack -> !knows(pack)).toList();
        if (missing.size() <= 1) {
            return;
        }
        Semaphore slots = new Semaphore(PARALLEL);
        try (ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor()) {
            // failures come up again, on the caller's thread, when the index is asked for
            reading.invokeAll(missing.stream()
                    .map(pack -> (Callable<List<ContextEntry>>) () -> {
                        slots.acquire();
                        try {
                            return index(pack);
                        } finally {
                            slots.release();
                        }
                    })
                    .toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContextException(ContextException.Kind.UNREADABLE, "reading the context was interrupted", e);
        }
    }

    List<ContextEntry> index(Descriptor pack) {
        synchronized (this) {
            List<ContextEntry> known = indexes.get(pack.digest());
            if (known != null) {
                return known;
            }
        }
        List<ContextEntry> index = PackIndex.of(pack, content(pack));
        synchronized (this) {
            if (indexes.put(pack.digest(), index) == null) {
                entries += index.size();
            }
            for (var eldest = indexes.entrySet().iterator(); entries > KEPT_ENTRIES && indexes.size() > 1; ) {
                entries -= eldest.next().getValue().size();
                eldest.remove();
            }
        }
        return index;
    }

    byte[] content(Descriptor pack) {
        synchronized (this) {
            byte[] known = contents.get(pack.digest());
            if (known != null) {
                return known;
            }
        }
        if (pack.size() > MAX_PACK) {
            throw ContextEntries.invalid(
                    "pack %s has %d bytes, more than %d".formatted(pack.digest(), pack.size(), MAX_PACK));
        }
        byte[] content = store.blob(pack);
        synchronized (this) {
            if (contents.put(pack.digest(), content) == null) {
                bytes += content.length;
            }
            for (var eldest = contents.entrySet().iterator(); bytes > KEPT_BYTES && contents.size() > 1; ) {
                Map.Entry<Digest, byte[]> entry = eldest.next();
                bytes -= entry.getValue().length;
                eldest.remove();
            }
        }
        return content;
    }

    private synchronized boolean knows(Descriptor pack) {
        return indexes.containsKey(pack.digest());
    }
}
