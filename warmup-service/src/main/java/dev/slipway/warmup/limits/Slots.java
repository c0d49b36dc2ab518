package dev.slipway.warmup.limits;

import java.util.ArrayDeque;
import java.util.Deque;

/** How many pods of a cluster may be in flight, over all runs; who asked first is served first. */
public final class Slots {
    private final int limit;
    private int taken;
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    public Slots(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("at least one pod must be allowed in flight, not %d".formatted(limit));
        }
        this.limit = limit;
    }

    /** Calls {@code granted} as soon as one is free, at once where one is; it must not block. */
    public synchronized void ask(Runnable granted) {
        if (taken < limit && waiting.isEmpty()) {
            taken++;
            granted.run();
        } else {
            waiting.add(granted);
        }
    }

    /** Takes what was asked for back; false where it was granted already. */
    public synchronized boolean cancel(Runnable granted) {
        return waiting.remove(granted);
    }

    /** A pod that an earlier process created is in flight whether there is room or not. */
    public synchronized void adopt() {
        taken++;
    }

    /** One is free again; whoever waits longest has it. */
    public synchronized void release() {
        taken--;
        while (taken < limit && !waiting.isEmpty()) {
            taken++;
            waiting.remove().run();
        }
    }

    /** How many are in flight. */
    public synchronized int taken() {
        return taken;
    }
}
