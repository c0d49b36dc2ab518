package dev.slipway.push.work;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does several things at once, each on a thread of its own, and waits for all of them. What one of them throws is thrown when
 * all have ended.
 */
public final class Parallel {
    private final ThreadFactory threads;

    public Parallel(ThreadFactory threads) {
        this.threads = threads;
    }

    /** Results in the order of the inputs. */
    public <A, B> List<B> map(Collection<A> inputs, Function<? super A, ? extends B> work) {
        if (inputs.size() == 1) {
            return List.of(work.apply(inputs.iterator().next()));
        }
        List<Future<B>> started = new ArrayList<>(inputs.size());
        try (var executor = Executors.newThreadPerTaskExecutor(threads)) {
            for (A input : inputs) {
                started.add(executor.submit(() -> work.apply(input)));
            }
        }
        return results(started);
    }

    public <A> void forEach(Collection<A> inputs, Consumer<? super A> work) {
        map(inputs, input -> {
            work.accept(input);
            return input;
        });
    }

    /** Does the second on this thread meanwhile. */
    public <A> A alongside(Supplier<A> first, Runnable second) {
        Future<A> started;
        try (var executor = Executors.newThreadPerTaskExecutor(threads)) {
            started = executor.submit(first::get);
            second.run();
        }
        return results(List.of(started)).getFirst();
    }

    public void together(Runnable one, Runnable other) {
        forEach(List.of(one, other), Runnable::run);
    }

    private static <B> List<B> results(List<Future<B>> ended) {
        List<B> results = new ArrayList<>(ended.size());
        @Nullable Throwable first = null;
        for (Future<B> future : ended) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                first = first == null ? e.getCause() : first;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while waiting for other threads");
            }
        }
        return switch (first) {
            case null -> results;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException("work threw a checked exception", first);
        };
    }
}
