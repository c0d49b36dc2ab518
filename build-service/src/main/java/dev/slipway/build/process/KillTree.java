package dev.slipway.build.process;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a process with all that are below it: first it asks, then it kills. A process that has left the tree, as daemons do, is
 * out of its sight; {@link OwnProcessSpace} sees to those.
 */
final class KillTree {
    private static final int ROUNDS = 20;

    private final Duration grace;

    KillTree(Duration grace) {
        this.grace = grace;
    }

    /** Returns when none of them lives. Does nothing where the process has ended. */
    void kill(Process process) {
        if (!process.isAlive()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        Set<ProcessHandle> tree = new LinkedHashSet<>();
        collect(process.toHandle(), tree);
        tree.forEach(ProcessHandle::destroy);
        awaitEnd(tree, grace);
        // what is killed can start nothing more, but may have just before
        for (int round = 0; round < ROUNDS; round++) {
            List.copyOf(tree).forEach(handle -> collect(handle, tree));
            List<ProcessHandle> alive =
                    tree.stream().filter(ProcessHandle::isAlive).toList();
            if (alive.isEmpty()) {
                break;
            }
            alive.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(alive, Duration.ofMillis(500));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void collect(ProcessHandle root, Set<ProcessHandle> into) {
        into.add(root);
        root.descendants().forEach(into::add);
    }

    private static void awaitEnd(Iterable<ProcessHandle> handles, Duration limit) {
        CompletableFuture<?> all = CompletableFuture.completedFuture(null);
        for (ProcessHandle handle : handles) {
            all = CompletableFuture.allOf(all, handle.onExit());
        }
        all.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
