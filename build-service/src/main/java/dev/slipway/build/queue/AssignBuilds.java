package dev.slipway.build.queue;

import dev.slipway.build.queue.BuildQueue.Held;
import dev.slipway.build.queue.Places.Place;
import dev.slipway.build.queue.QueueEntry.Assigned;
import dev.slipway.build.queue.QueueEntry.Over;
import dev.slipway.build.queue.QueueEntry.Waiting;
import dev.slipway.build.queue.WorkerReport.Fit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives queued platform builds to workers: tenants in turn, to a worker that can, native before emulated, never beyond its
 * slots; again to another when a worker dies, restarts, or never got it. Workers are known by their reports alone, which come
 * again within a second, so only entries need to be kept over a restart. For one thread.
 */
public final class AssignBuilds {
    private final Patience patience;
    private final BuildQueue queue;
    private final Fleet fleet = new Fleet();
    private final Places places = new Places();

    /**
     * Goes on from kept entries.
     *
     * @param now when this scheduler starts: silence before it counts against no worker
     */
    public AssignBuilds(Patience patience, Collection<QueueEntry> kept, Instant now) {
        this.patience = patience;
        this.queue = new BuildQueue(
                kept.stream().map(entry -> startWaiting(entry, now)).toList());
    }

    private static QueueEntry startWaiting(QueueEntry entry, Instant now) {
        return switch (entry.standing()) {
            case Assigned(Assignment assignment, Instant ignored) -> entry.with(new Assigned(assignment, now));
            case Waiting ignored -> entry;
            case Over ignored -> entry;
        };
    }

    public Decisions decide(Change change, Instant now) {
        List<Revocation> revoked = new ArrayList<>();
        switch (change) {
            case Change.Queued(QueuedBuild build) -> queue.add(build, now);
            case Change.Cancelled(BuildKey key) -> queue.find(key).ifPresent(entry -> cancel(entry, now, revoked));
            case Change.Reported(WorkerReport report) -> hear(report, now, revoked);
            case Change.Ticked() -> lookForTheDead(now);
        }
        List<Assignment> assignments = assignWaiting(now);
        List<Place> said =
                change instanceof Change.Ticked ? places.toSay(queue.turns().inOrder(), now) : List.of();
        return new Decisions(assignments, revoked, said, queue.takeChanged());
    }

    private void cancel(QueueEntry entry, Instant now, List<Revocation> revoked) {
        if (entry.standing() instanceof Assigned(Assignment assignment, Instant ignored)) {
            revoked.add(new Revocation(assignment.run(), assignment.worker(), assignment.incarnation()));
        }
        queue.put(entry, new Over(entry.standing().epoch(), now));
    }

    /** The entry as it now stands; empty where it is forgotten. */
    public Optional<QueueEntry> entry(BuildKey key) {
        return queue.find(key);
    }

    private void hear(WorkerReport report, Instant now, List<Revocation> revoked) {
        if (!fleet.hear(report, now)) {
            return;
        }
        report.finished().forEach(run -> finish(run, now));
        report.running().forEach(run -> adopt(run, report, now));
        report.running().stream()
                .filter(this::isOver)
                .forEach(run -> revoked.add(new Revocation(run, report.worker(), report.incarnation())));
        Set<BuildKey> running = new HashSet<>();
        report.running().forEach(run -> running.add(run.key()));
        for (Held held : queue.assigned()) {
            if (isLost(held.standing(), running.contains(held.entry().key()), report, now)) {
                queue.giveBack(held, now);
            }
        }
    }

    private void finish(Run run, Instant now) {
        queue.find(run.key())
                .filter(entry -> isNewerThan(entry, run))
                .ifPresent(entry -> queue.put(entry, new Over(run.epoch(), now)));
    }

    /**
     * A worker runs what the entry knows nothing of: the assignment was sent just before a crash took the note of it, or the
     * worker was taken for dead. Either way it is in good hands there.
     */
    private void adopt(Run run, WorkerReport report, Instant now) {
        Optional<QueueEntry> found = queue.find(run.key()).filter(entry -> switch (entry.standing()) {
            case Waiting waiting -> run.epoch() >= waiting.epoch();
            case Assigned assigned -> run.epoch() > assigned.epoch();
            case Over ignored -> false;
        });
        found.ifPresent(entry -> {
            boolean emulated = report.fit(entry.build()).equals(Optional.of(Fit.EMULATED));
            Assignment assignment = new Assignment(run, report.worker(), report.incarnation(), emulated);
            queue.put(entry, new Assigned(assignment, now));
        });
    }

    /** A worker that has not heard yet that nobody waits for it is told with each report, since telling it may have failed. */
    private boolean isOver(Run run) {
        return queue.find(run.key())
                .filter(entry -> entry.standing() instanceof Over)
                .isPresent();
    }

    private static boolean isNewerThan(QueueEntry entry, Run run) {
        return switch (entry.standing()) {
            case Waiting waiting -> run.epoch() >= waiting.epoch();
            case Assigned assigned -> run.epoch() >= assigned.epoch();
            case Over ignored -> false;
        };
    }

    private boolean isLost(Assigned assigned, boolean running, WorkerReport report, Instant now) {
        if (!assigned.assignment().worker().equals(report.worker())) {
            return false;
        }
        if (!assigned.isOn(report)) {
            return true;
        }
        return !running
                && (report.draining()
                        || assigned.since().plus(patience.unheard()).isBefore(now));
    }

    private void lookForTheDead(Instant now) {
        Instant silentSince = now.minus(patience.silence());
        fleet.forgetSilent(silentSince);
        for (Held held : queue.assigned()) {
            Assignment assignment = held.standing().assignment();
            if (!fleet.isAlive(assignment.worker(), assignment.incarnation())
                    && held.standing().since().isBefore(silentSince)) {
                queue.giveBack(held, now);
            }
        }
        queue.forgetOver(now.minus(patience.memory()));
    }

    private List<Assignment> assignWaiting(Instant now) {
        List<Assignment> made = new ArrayList<>();
        Map<String, Set<BuildKey>> assigned = assignedByWorker();
        Turns turns = queue.turns();
        Optional<QueueEntry> next = turns.next();
        while (next.isPresent() && fleet.hasFreeSlot(assigned)) {
            QueueEntry entry = next.get();
            fleet.choose(entry.build(), isPatient(entry, now), assigned).ifPresent(choice -> {
                Run run = new Run(entry.key(), attempts(entry) + 1, queue.nextEpoch(now));
                WorkerReport worker = choice.worker();
                boolean emulated = choice.fit() == Fit.EMULATED;
                Assignment assignment = new Assignment(run, worker.worker(), worker.incarnation(), emulated);
                queue.put(entry, new Assigned(assignment, now));
                assigned.computeIfAbsent(worker.worker(), name -> new HashSet<>())
                        .add(entry.key());
                turns.served(run.epoch());
                made.add(assignment);
            });
            next = turns.next();
        }
        return made;
    }

    private boolean isPatient(QueueEntry entry, Instant now) {
        return entry.standing() instanceof Waiting waiting
                && now.isBefore(waiting.since().plus(patience.busy()));
    }

    private Map<String, Set<BuildKey>> assignedByWorker() {
        Map<String, Set<BuildKey>> byWorker = new HashMap<>();
        for (Held held : queue.assigned()) {
            byWorker.computeIfAbsent(held.standing().assignment().worker(), name -> new HashSet<>())
                    .add(held.entry().key());
        }
        return byWorker;
    }

    private static int attempts(QueueEntry entry) {
        return switch (entry.standing()) {
            case Waiting waiting -> waiting.attempts();
            case Assigned assigned -> assigned.assignment().run().attempt();
            case Over ignored -> 0;
        };
    }
}
