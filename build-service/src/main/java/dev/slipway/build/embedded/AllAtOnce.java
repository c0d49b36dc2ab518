package dev.slipway.build.embedded;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Fans out over virtual threads. */
final class AllAtOnce {
    private AllAtOnce() {}

    /**
     * Results in the order of the tasks. None of them still runs afterwards: with the first failure, which is thrown, the others
     * are interrupted, and so they are with this thread.
     *
     * @param whenDone hears of each result as it comes, on this thread
     * @throws BuildException {@code BUILD_CANCELLED} where this thread is interrupted
     */
    static <T> List<T> call(List<Callable<T>> tasks, Consumer<T> whenDone) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                CompletionService<T> done = new ExecutorCompletionService<>(executor);
                List<Future<T>> all = new ArrayList<>();
                tasks.forEach(task -> all.add(done.submit(task)));
                for (int i = 0; i < tasks.size(); i++) {
                    whenDone.accept(done.take().get());
                }
                return all.stream().map(Future::resultNow).toList();
            } catch (InterruptedException e) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
                throw new BuildException(Reason.BUILD_CANCELLED, "the build was cancelled", false, e);
            } catch (ExecutionException e) {
                executor.shutdownNow();
                switch (e.getCause()) {
                    case RuntimeException cause -> throw cause;
                    case Error cause -> throw cause;
                    case null, default -> throw new IllegalStateException(e);
                }
            }
        }
    }
}
