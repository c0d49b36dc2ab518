package dev.slipway.oci.tags;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A tag that others write too, which registries have no compare-and-swap for: it is read, extended, written and read again
 * until all is there. Callers of one process take turns by themselves.
 */
public final class SharedTag {
    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ContentStore store;
    private final String tag;
    private final Consumer<Duration> pauses;

    public SharedTag(ContentStore store, String tag, Consumer<Duration> pauses) {
        this.store = store;
        this.tag = tag;
        this.pauses = pauses;
    }

    /**
     * Adds to what the tag names.
     *
     * @param extension what the tag must name in place of what it names now; empty where that has all already
     * @throws StoreException also where others overwrite it again and again
     */
    public void extend(Function<Optional<Manifest>, Optional<Manifest>> extension) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<Manifest> next = extension.apply(store.manifest(tag));
            if (attempt > 1 && next.isPresent()) {
                pauses.accept(PAUSE);
                next = extension.apply(store.manifest(tag)); // what is written must extend what is there now
            }
            if (next.isEmpty()) {
                return;
            }
            store.tag(next.get(), tag);
        }
        if (extension.apply(store.manifest(tag)).isPresent()) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    store.location(),
                    "what was added to %s:%s did not stay there: others write it too".formatted(store.location(), tag),
                    null);
        }
    }
}
