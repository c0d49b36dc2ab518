package dev.slipway.push.kafka.moving;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Runs work as soon as everything is done that was handed in before and has a key in common; work without a common key runs at
 * once. Where one fails, those that wait for it fail too and do not run.
 */
final class InTurn {
    private final Executor executor;
    private final Map<String, CompletableFuture<Void>> last = new HashMap<>();

    InTurn(Executor executor) {
        this.executor = executor;
    }

    /** Takes work in, in the order of the calls. */
    synchronized CompletableFuture<Void> run(Collection<String> keys, Runnable work) {
        Set<String> distinct = Set.copyOf(keys);
        List<CompletableFuture<Void>> before =
                distinct.stream().map(last::get).filter(Objects::nonNull).toList();
        CompletableFuture<Void> done = CompletableFuture.allOf(before.toArray(CompletableFuture<?>[]::new))
                .thenRunAsync(work, executor);
        distinct.forEach(key -> last.put(key, done));
        return done.thenRun(() -> forget(distinct, done));
    }

    private synchronized void forget(Set<String> keys, CompletableFuture<Void> done) {
        keys.forEach(key -> last.remove(key, done));
    }
}
