package dev.slipway.build.queue;

import dev.slipway.build.queue.QueueEntry.Assigned;
import dev.slipway.build.queue.QueueEntry.Over;
import dev.slipway.build.queue.QueueEntry.Standing;
import dev.slipway.build.queue.QueueEntry.Waiting;
import dev.slipway.build.queue.Turns.Lane;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All platform builds that are known, and which of them have changed since somebody asked. */
final class BuildQueue {

    /** An entry that a worker has. */
    record Held(QueueEntry entry, Assigned standing) {}

    private static final Comparator<QueuedBuild> URGENT_THEN_OLDEST_FIRST = Comparator.comparingInt(
                    QueuedBuild::priority)
            .reversed()
            .thenComparingLong(QueuedBuild::position)
            .thenComparing(build -> build.key().toString());

    private final Map<BuildKey, QueueEntry> entries = new HashMap<>();
    private final TreeMap<QueuedBuild, QueueEntry> waiting = new TreeMap<>(URGENT_THEN_OLDEST_FIRST);
    private final Map<BuildKey, Held> assigned = new LinkedHashMap<>();
    private final Set<BuildKey> changed = new LinkedHashSet<>();
    private final Map<Lane, Long> served = new HashMap<>();
    private long highestEpoch;

    BuildQueue(Collection<QueueEntry> restored) {
        restored.forEach(this::put);
        changed.clear();
    }

    Optional<QueueEntry> find(BuildKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** A round through all that wait. */
    Turns turns() {
        return new Turns(waiting.values(), assigned.values(), served);
    }

    List<Held> assigned() {
        return List.copyOf(assigned.values());
    }

    void add(QueuedBuild build, Instant now) {
        if (!entries.containsKey(build.key())) {
            put(new QueueEntry(build, new Waiting(0, 0, now)));
        }
    }

    /** Takes a build away from the worker that has it. */
    void giveBack(Held held, Instant now) {
        Assigned from = held.standing();
        put(held.entry().with(new Waiting(from.assignment().run().attempt(), from.epoch(), now)));
    }

    void put(QueueEntry entry, Standing standing) {
        put(entry.with(standing));
    }

    void forgetOver(Instant before) {
        List<BuildKey> old = entries.values().stream()
                .filter(entry ->
                        entry.standing() instanceof Over over && over.since().isBefore(before))
                .map(QueueEntry::key)
                .toList();
        old.forEach(entries::remove);
        changed.addAll(old);
    }

    /**
     * An epoch above every one before. The clock is its floor: after a crash an assignment may be on the log that is not in
     * the restored state, and must not get its epoch a second time.
     */
    long nextEpoch(Instant now) {
        highestEpoch = Math.max(highestEpoch + 1, now.toEpochMilli());
        return highestEpoch;
    }

    Set<BuildKey> takeChanged() {
        Set<BuildKey> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }

    private void put(QueueEntry entry) {
        BuildKey key = entry.key();
        entries.put(key, entry);
        changed.add(key);
        highestEpoch = Math.max(highestEpoch, entry.standing().epoch());
        served.merge(Lane.of(entry.build()), entry.standing().epoch(), Math::max);
        waiting.remove(entry.build());
        assigned.remove(key);
        switch (entry.standing()) {
            case Waiting ignored -> waiting.put(entry.build(), entry);
            case Assigned standing -> assigned.put(key, new Held(entry, standing));
            case Over ignored -> {}
        }
    }
}
