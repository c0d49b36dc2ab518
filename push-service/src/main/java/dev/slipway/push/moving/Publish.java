package dev.slipway.push.moving;

import dev.slipway.oci.Descriptor;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetRegistries;
import dev.slipway.push.TargetResult;
import dev.slipway.push.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A publish under way: its tags, and the targets that are out of it already. */
final class Publish {
    private final TagMove move;
    private final Prepared prepared;
    private final List<Tag> tags;
    private final List<TargetResult> out;
    private final Work work;
    private final Instant started;

    private Publish(TagMove move, Prepared prepared, List<Tag> tags, List<TargetResult> out, Work work) {
        this.move = move;
        this.prepared = prepared;
        this.tags = tags;
        this.out = out;
        this.work = work;
        this.started = work.clock().instant();
    }

    /** With the staged targets that the journal does not name. */
    static Publish of(
            TagMove move, Prepared prepared, List<TargetResult> unprepared, TargetRegistries registries, Work work) {
        Map<String, StagedTarget> staged = move.staged().stream()
                .collect(Collectors.toMap(target -> target.reference().toString(), Function.identity(), (a, b) -> a));
        List<Tag> tags = prepared.targets().stream()
                .map(target -> new Tag(
                        target,
                        prepared.digest(),
                        registries.open(target.reference().repository()),
                        Optional.ofNullable(staged.get(target.reference().toString()))))
                .toList();
        List<TargetResult> out = new ArrayList<>(move.leftOut());
        out.addAll(unprepared);
        return new Publish(move, prepared, tags, List.copyOf(out), work);
    }

    String buildId() {
        return prepared.buildId();
    }

    Descriptor index() {
        return move.plan().index();
    }

    Instant preparedAt() {
        return prepared.at();
    }

    List<Tag> tags() {
        return tags;
    }

    /** Whether the policy is met. */
    boolean isDone() {
        return tags.stream().filter(Tag::reached).count() >= move.plan().required();
    }

    /** Whether the policy can still be met. */
    boolean canBeDone() {
        return tags.stream().filter(tag -> tag.failure().isEmpty()).count()
                >= move.plan().required();
    }

    PublishOutcome published(Duration window) {
        return new PublishOutcome.Published(results(Tag::result), window);
    }

    PublishOutcome.Failed failed(TargetFailure... others) {
        List<TargetResult> results = results(Tag::resultOfUndo);
        List<TargetFailure> failures = Stream.concat(
                        Stream.of(others), results.stream().flatMap(result -> result.failure().stream()))
                .distinct()
                .toList();
        return new PublishOutcome.Failed(failures, results);
    }

    private List<TargetResult> results(BiFunction<Tag, Duration, TargetResult> result) {
        Duration moving = work.since(started);
        return Stream.concat(tags.stream().map(tag -> result.apply(tag, moving)), out.stream())
                .toList();
    }
}
