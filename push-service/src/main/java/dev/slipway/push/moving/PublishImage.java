package dev.slipway.push.moving;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.StoreException;
import dev.slipway.push.Manifests;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetRegistries;
import dev.slipway.push.TargetResult;
import dev.slipway.push.work.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves the tags of a staged image, all at once, or puts back those that moved. What the tags named before is in the journal
 * before the first one moves, so a publish that was cut off anywhere goes on from there.
 */
public final class PublishImage {
    private final Journal journal;
    private final TagHistory history;
    private final TargetRegistries registries;
    private final CommitTags commit;
    private final Work work;

    /**
     * Makes the use case.
     *
     * @param immutable registries whose tags cannot be moved back, so they come last
     */
    public PublishImage(
            Journal journal,
            TagHistory history,
            TargetRegistries registries,
            Manifests staging,
            Set<String> immutable,
            MoveLimits limits,
            Work work) {
        this.journal = journal;
        this.history = history;
        this.registries = registries;
        this.commit = new CommitTags(
                staging, immutable, new MoveTag(limits, work), new UndoTags(history, limits, work), work);
        this.work = work;
    }

    public PublishOutcome publish(TagMove move) {
        Optional<Prepared> earlier = journal.find(move.plan().buildId());
        if (earlier.isPresent()) {
            Publish publish = Publish.of(move, earlier.get(), unprepared(move, earlier.get()), registries, work);
            publish.tags().forEach(Tag::mayHaveMoved);
            return commit.commit(publish);
        }
        return superseded(move.plan()).orElseGet(() -> prepare(move));
    }

    /** A tag never moves to the result of an older request. */
    private Optional<PublishOutcome> superseded(PublishPlan plan) {
        return plan.targets().stream()
                .flatMap(reference -> history.latest(reference).stream())
                .filter(moved -> moved.requestedAt().isAfter(plan.requestedAt()))
                .findFirst()
                .map(moved -> new PublishOutcome.Superseded(moved.buildId(), unmoved(plan)));
    }

    private List<TargetResult> unmoved(PublishPlan plan) {
        return plan.targets().stream()
                .map(reference -> TargetResult.untouched(
                        reference, history.latest(reference).map(TagHistory.Moved::digest), Optional.empty()))
                .toList();
    }

    private record Snapshot(StagedTarget target, Optional<Descriptor> previous, Optional<TargetFailure> failure) {
        TargetResult result() {
            return new TargetResult(
                    target.reference(),
                    TargetResult.State.UNTOUCHED,
                    Optional.empty(),
                    Optional.empty(),
                    target.traffic(),
                    target.duration(),
                    failure);
        }
    }

    private PublishOutcome prepare(TagMove move) {
        List<Snapshot> snapshots = work.parallel().map(move.staged(), this::snapshot);
        List<TargetResult> unprepared = snapshots.stream()
                .filter(snapshot -> snapshot.failure().isPresent())
                .map(Snapshot::result)
                .toList();
        List<Prepared.Target> targets = snapshots.stream()
                .filter(snapshot -> snapshot.failure().isEmpty())
                .map(snapshot -> new Prepared.Target(
                        snapshot.target().reference(),
                        snapshot.previous(),
                        snapshot.target().digestWasPresent()))
                .toList();
        Digest digest = move.plan().index().digest();
        Prepared prepared = new Prepared(
                move.plan().buildId(), digest, targets, work.clock().instant());
        Publish publish = Publish.of(move, prepared, unprepared, registries, work);
        if (!publish.canBeDone()) {
            return publish.failed();
        }
        journal.write(prepared);
        return commit.commit(publish);
    }

    private Snapshot snapshot(StagedTarget target) {
        try {
            return new Snapshot(
                    target,
                    registries
                            .open(target.reference().repository())
                            .resolve(target.reference().tag()),
                    Optional.empty());
        } catch (StoreException e) {
            return new Snapshot(target, Optional.empty(), Optional.of(TargetFailure.of(e)));
        }
    }

    /** Staged targets that the journal does not name: they could not be asked for their tag when it was written. */
    private static List<TargetResult> unprepared(TagMove move, Prepared prepared) {
        return move.staged().stream()
                .filter(target -> prepared.targets().stream()
                        .noneMatch(there -> there.reference().equals(target.reference())))
                .map(target -> new Snapshot(
                        target,
                        Optional.empty(),
                        Optional.of(new TargetFailure(
                                TargetFailure.Reason.REGISTRY_UNAVAILABLE,
                                "%s could not be read when the publish was prepared".formatted(target.reference()),
                                target.reference().repository().registry(),
                                true))))
                .map(Snapshot::result)
                .toList();
    }
}
