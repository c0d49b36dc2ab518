package dev.slipway.manifest.children;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Waits for many blocking calls at once. */
public final class InParallel {
    private InParallel() {}

    /** The results in the order of the inputs. Throws what the first call that failed threw, when all have ended. */
    public static <T, R> List<R> map(Collection<T> inputs, Function<T, R> work) {
        List<R> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> calls = inputs.stream()
                    .map(input -> threads.submit(() -> work.apply(input)))
                    .toList();
            for (Future<R> call : calls) {
                results.add(await(call, threads));
            }
        }
        return results;
    }

    private static <R> R await(Future<R> call, ExecutorService threads) {
        try {
            return call.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a call in parallel failed", e.getCause());
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calls ran in parallel", e);
        }
    }
}
