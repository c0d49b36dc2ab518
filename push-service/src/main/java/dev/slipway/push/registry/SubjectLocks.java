package dev.slipway.push.registry;

import dev.slipway.oci.RepositoryName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One at a time for each subject, or each shared tag, in each repository. */
final class SubjectLocks {
    private record Subject(RepositoryName repository, String name) {}

    private static final class Counted {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    private final Map<Subject, Counted> locks = new ConcurrentHashMap<>();

    void with(RepositoryName repository, String name, Runnable work) {
        Subject subject = new Subject(repository, name);
        Counted counted = locks.compute(subject, (key, there) -> {
            Counted used = there == null ? new Counted() : there;
            used.users++;
            return used;
        });
        counted.lock.lock();
        try {
            work.run();
        } finally {
            counted.lock.unlock();
            locks.computeIfPresent(subject, (key, used) -> --used.users == 0 ? null : used);
        }
    }
}
