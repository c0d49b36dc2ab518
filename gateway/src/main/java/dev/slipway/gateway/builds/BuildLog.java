package dev.slipway.gateway.builds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The events of one build in the order in which they were read, each once, and the state that follows from them. */
final class BuildLog {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<LoggedEvent> events = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<Until, Integer> reached = new EnumMap<>(Until.class);
    private final BuildProgress progress;
    private long size;
    private int followers;
    private boolean dropped;

    BuildLog(String buildId) {
        this.progress = new BuildProgress(buildId);
    }

    /** Appends an event unless it is there. Returns by how many characters this has grown. */
    long append(LoggedEvent event) {
        lock.lock();
        try {
            if (!ids.add(event.id())) {
                return 0;
            }
            events.add(event);
            progress.apply(event);
            for (Until until : Until.values()) {
                if (progress.has(until)) {
                    reached.putIfAbsent(until, events.size());
                }
            }
            size += event.json().length();
            changed.signalAll();
            return event.json().length();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all followers, since nothing will be appended here any more. */
    void drop() {
        lock.lock();
        try {
            dropped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Optional<BuildState> state() {
        lock.lock();
        try {
            return events.isEmpty() ? Optional.empty() : Optional.of(progress.snapshot());
        } finally {
            lock.unlock();
        }
    }

    long size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody has said anything of this build and nobody waits for it. */
    boolean isIdle() {
        lock.lock();
        try {
            return events.isEmpty() && followers == 0;
        } finally {
            lock.unlock();
        }
    }

    EventCursor follow(LogPosition from, Optional<Until> until, Runnable afterwards) {
        lock.lock();
        try {
            followers++;
        } finally {
            lock.unlock();
        }
        return new Cursor(from, until, afterwards);
    }

    private final class Cursor implements EventCursor {
        private final LogPosition from;
        private final Optional<Until> until;
        private final Runnable afterwards;
        private LogPosition position;
        private int index;
        private boolean stopped;

        Cursor(LogPosition from, Optional<Until> until, Runnable afterwards) {
            this.from = from;
            this.until = until;
            this.afterwards = afterwards;
            this.position = from;
        }

        @Override
        public Step next(Duration patience) throws InterruptedException {
            long remaining = patience.toNanos();
            lock.lockInterruptibly();
            try {
                while (true) {
                    while (index < end()) {
                        LoggedEvent event = events.get(index++);
                        if (!from.covers(event.at(), event.offset())) {
                            position = position.after(event.at(), event.offset());
                            return new Step.Event(event, position);
                        }
                    }
                    if (stopped || dropped || isOver()) {
                        return new Step.Ended();
                    }
                    if (remaining <= 0) {
                        return new Step.Quiet();
                    }
                    remaining = changed.awaitNanos(remaining);
                }
            } finally {
                lock.unlock();
            }
        }

        private int end() {
            return stopped ? 0 : until.map(reached::get).orElse(events.size());
        }

        private boolean isOver() {
            return until.map(reached::containsKey).orElse(false);
        }

        @Override
        public void stop() {
            lock.lock();
            try {
                stopped = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                stopped = true;
                followers--;
            } finally {
                lock.unlock();
            }
            afterwards.run();
        }
    }
}
