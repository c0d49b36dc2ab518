package dev.slipway.build.queue;

import dev.slipway.build.queue.BuildQueue.Held;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * In which order waiting builds get slots of a pool: it is the turn of the tenant that has the fewest builds on workers, and of
 * those with as few, of the one that was served longest ago. A tenant's own builds come by priority, then by age.
 */
final class Turns {

    /** A tenant in a pool: what another tenant waits for, or the same in another pool, is another lane. */
    record Lane(String pool, String tenant) {
        static Lane of(QueuedBuild build) {
            return new Lane(build.worker().pool(), build.tenant());
        }
    }

    private static final class Line {
        private final Lane lane;
        private final Deque<QueueEntry> builds = new ArrayDeque<>();
        private long onWorkers;
        private long lastServed;

        Line(Lane lane, long lastServed) {
            this.lane = lane;
            this.lastServed = lastServed;
        }
    }

    private static final Comparator<Line> NEXT_FIRST = Comparator.<Line>comparingLong(line -> line.onWorkers)
            .thenComparingLong(line -> line.lastServed)
            .thenComparing(line -> line.lane.pool())
            .thenComparing(line -> line.lane.tenant());

    private final PriorityQueue<Line> lines = new PriorityQueue<>(NEXT_FIRST);
    private @Nullable Line current;

    /**
     * Begins a round.
     *
     * @param waiting those of each tenant in the order in which it wants them
     * @param served the highest epoch that each lane got so far
     */
    Turns(Collection<QueueEntry> waiting, Collection<Held> assigned, Map<Lane, Long> served) {
        Map<Lane, Line> byLane = new HashMap<>();
        for (QueueEntry entry : waiting) {
            Lane lane = Lane.of(entry.build());
            byLane.computeIfAbsent(lane, key -> new Line(key, served.getOrDefault(key, 0L)))
                    .builds
                    .add(entry);
        }
        for (Held held : assigned) {
            Line line = byLane.get(Lane.of(held.entry().build()));
            if (line != null) {
                line.onWorkers++;
            }
        }
        lines.addAll(byLane.values());
    }

    /** The next one; where the one before was not served, its tenant still has the turn. Empty at the end of the round. */
    Optional<QueueEntry> next() {
        if (current != null && !current.builds.isEmpty()) {
            lines.add(current);
        }
        current = lines.poll();
        return Optional.ofNullable(current).map(line -> line.builds.poll());
    }

    /** The last one has got a worker. */
    void served(long epoch) {
        if (current != null) {
            current.onWorkers++;
            current.lastServed = epoch;
        }
    }

    /** The rest of the round, as it goes where there is a slot for everyone. */
    List<QueueEntry> inOrder() {
        List<QueueEntry> order = new ArrayList<>();
        long epoch = Long.MAX_VALUE / 2;
        for (Optional<QueueEntry> next = next(); next.isPresent(); next = next()) {
            order.add(next.get());
            served(epoch++);
        }
        return order;
    }
}
