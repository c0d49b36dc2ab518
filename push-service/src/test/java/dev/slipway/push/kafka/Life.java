package dev.slipway.push.kafka;

import dev.slipway.push.InMemoryRegistries.Action;
import dev.slipway.push.InMemoryRegistries.Fault;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The life of a process, which ends right after one of its effects: that one lasts, and nothing that comes after it happens.
 * Effects are writes to registries and to topics.
 */
final class Life {
    private final int until;
    private final AtomicInteger effects = new AtomicInteger();

    private Life(int until) {
        this.until = until;
    }

    static Life whole() {
        return new Life(Integer.MAX_VALUE);
    }

    /** Ends with an effect, counted from 1. */
    static Life until(int effect) {
        return new Life(effect);
    }

    boolean isOver() {
        return effects.get() >= until;
    }

    /** Throws where the process is dead. */
    void live() {
        if (isOver()) {
            throw new Killed();
        }
    }

    /** Something lasting was done; for the caller, it may be the end. */
    void effect() {
        effects.incrementAndGet();
        live();
    }

    /** As registries see it; {@code more} is what else goes wrong there. */
    Fault with(Fault more) {
        return new Fault() {
            @Override
            public void before(Action action) {
                live();
                more.before(action);
            }

            @Override
            public void after(Action action) {
                live();
                if (action.verb().writes()) {
                    effect();
                }
                more.after(action);
            }
        };
    }

    /** Not an exception, so that nobody takes it for a failure of a registry. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
