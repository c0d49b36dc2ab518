package dev.slipway.push.registry;

import dev.slipway.oci.Digest;
import dev.slipway.oci.RepositoryName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One at a time for each subject in each repository. */
final class SubjectLocks {
    private record Subject(RepositoryName repository, Digest digest) {}

    private static final class Counted {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    private final Map<Subject, Counted> locks = new ConcurrentHashMap<>();

    void with(RepositoryName repository, Digest digest, Runnable work) {
        Subject subject = new Subject(repository, digest);
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
