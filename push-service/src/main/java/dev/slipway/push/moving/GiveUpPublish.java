package dev.slipway.push.moving;

import dev.slipway.push.PublishOutcome;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetRegistries;
import dev.slipway.push.TargetResult;
import dev.slipway.push.work.Work;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Ends a publish that cannot go on, and puts back whatever it may have moved. */
public final class GiveUpPublish {
    private final Journal journal;
    private final TargetRegistries registries;
    private final UndoTags undo;
    private final Work work;

    public GiveUpPublish(
            Journal journal, TagHistory history, TargetRegistries registries, MoveLimits limits, Work work) {
        this.journal = journal;
        this.registries = registries;
        this.undo = new UndoTags(history, limits, work);
        this.work = work;
    }

    /**
     * Undoes it.
     *
     * @param why what stands in the way
     */
    public PublishOutcome.Failed giveUp(TagMove move, TargetFailure why) {
        Optional<Prepared> prepared = journal.find(move.plan().buildId());
        if (prepared.isEmpty()) {
            return new PublishOutcome.Failed(List.of(why), untouched(move));
        }
        Publish publish = Publish.of(move, prepared.get(), List.of(), registries, work);
        publish.tags().forEach(Tag::mayHaveMoved);
        try {
            undo.undo(publish.buildId(), publish.tags());
        } catch (RuntimeException e) {
            // every tag that was not put back says so in its state
            return publish.failed(why);
        }
        return publish.failed(why);
    }

    private static List<TargetResult> untouched(TagMove move) {
        return Stream.concat(
                        move.staged().stream()
                                .map(StagedTarget::reference)
                                .map(reference ->
                                        TargetResult.untouched(reference, Optional.empty(), Optional.empty())),
                        move.leftOut().stream())
                .toList();
    }
}
