package dev.slipway.kit.handling;

import java.util.LinkedHashSet;
import java.util.Set;

/** The latest events that were handled to their end in this process. */
final class SeenEvents {
    private final int limit;
    private final Set<String> ids = new LinkedHashSet<>();

    SeenEvents(int limit) {
        this.limit = limit;
    }

    synchronized boolean contains(String id) {
        return ids.contains(id);
    }

    synchronized void add(String id) {
        if (ids.add(id) && ids.size() > limit) {
            ids.remove(ids.iterator().next());
        }
    }
}
