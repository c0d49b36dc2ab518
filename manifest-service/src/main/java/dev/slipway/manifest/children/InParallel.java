package dev.slipway.manifest.children;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Waits for many blocking calls at once. */
public final class InParallel {
    /** A registry takes no more connections gladly, and does not get faster by more. */
    private static final int AT_ONCE = 32;

    private InParallel() {}

    /** The results in the order of the inputs. Throws what the first call that failed threw, when all have ended. */
    public static <T, R> List<R> map(Collection<T> inputs, Function<T, R> work) {
        List<R> results = new ArrayList<>();
        Semaphore places = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> calls = inputs.stream()
                    .map(input -> threads.submit(() -> {
                        places.acquire();
                        try {
                            return work.apply(input);
                        } finally {
                            places.release();
                        }
                    }))
                    .toList();
            for (Future<R> call : calls) {
                results.add(await(call, threads));
            }
        }
        return results;
    }

    /** Those inputs for which it holds, in their order. */
    public static <T> List<T> filter(List<T> inputs, Predicate<T> condition) {
        List<Boolean> holds = map(inputs, condition::test);
        return IntStream.range(0, inputs.size())
                .filter(holds::get)
                .mapToObj(inputs::get)
                .toList();
    }

    /** The result of a call that runs beside another. Where both fail, it throws what the first threw. */
    public static <R> R with(Supplier<R> work, Runnable other) {
        List<Supplier<Optional<R>>> calls = List.of(() -> Optional.of(work.get()), () -> {
            other.run();
            return Optional.empty();
        });
        return map(calls, Supplier::get).getFirst().orElseThrow();
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
