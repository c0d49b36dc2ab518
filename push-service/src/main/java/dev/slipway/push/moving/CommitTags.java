package dev.slipway.push.moving;

import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import dev.slipway.push.Manifests;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Moves the tags of a publish that is in the journal, or puts back those that moved. */
final class CommitTags {
    private final Manifests staging;
    private final Set<String> immutable;
    private final MoveTag moveTag;
    private final UndoTags undo;
    private final Work work;

    /**
     * Makes it.
     *
     * @param immutable registries whose tags cannot be moved back, so they come last
     */
    CommitTags(Manifests staging, Set<String> immutable, MoveTag moveTag, UndoTags undo, Work work) {
        this.staging = staging;
        this.immutable = Set.copyOf(immutable);
        this.moveTag = moveTag;
        this.undo = undo;
        this.work = work;
    }

    PublishOutcome commit(Publish publish) {
        List<Tag> tags = publish.tags();
        work.parallel().forEach(tags, moveTag::look);
        List<Tag> toMove = tags.stream()
                .filter(tag -> tag.standing() == Tag.Standing.PREVIOUS)
                .toList();
        moveAll(
                publish,
                toMove.stream().filter(tag -> !immutable.contains(tag.host())).toList());
        moveAll(
                publish,
                toMove.stream().filter(tag -> immutable.contains(tag.host())).toList());
        if (publish.isDone()) {
            return publish.published(window(publish));
        }
        undo.undo(publish.buildId(), tags);
        return publish.failed();
    }

    /** Moves nothing when the policy cannot be met any more. */
    private void moveAll(Publish publish, List<Tag> tags) {
        if (tags.isEmpty() || !publish.canBeDone()) {
            return;
        }
        work.parallel()
                .forEach(
                        tags,
                        tag -> work.steps().step("move tag", tag.reference().toString(), () -> {
                            Manifest manifest = manifest(publish, tag);
                            if (manifest != null) {
                                moveTag.move(tag, manifest);
                            }
                        }));
    }

    /** From staging, else from the target itself, which was found to have it. */
    private @Nullable Manifest manifest(Publish publish, Tag tag) {
        try {
            return staging.get(publish.index());
        } catch (StoreException fromStaging) {
            try {
                Optional<Manifest> there = tag.registry().manifest(tag.wanted());
                if (there.isPresent()) {
                    return there.get();
                }
            } catch (StoreException fromTarget) {
                fromStaging.addSuppressed(fromTarget);
            }
            tag.fail(TargetFailure.of(fromStaging));
            return null;
        }
    }

    /**
     * Readers see both digests from the first move that was sent to the last that was answered. Of moves that a process made
     * before it died, it is known that they came after the journal and before now.
     */
    private Duration window(Publish publish) {
        List<Tag> changed = publish.tags().stream()
                .filter(tag -> tag.reached() && !tag.namedItBefore())
                .toList();
        if (changed.size() < 2) {
            return Duration.ZERO;
        }
        Instant first = changed.stream()
                .map(tag -> tag.sent().orElse(publish.preparedAt()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = changed.stream()
                .flatMap(tag -> tag.answered().stream())
                .max(Comparator.naturalOrder())
                .orElseGet(work.clock()::instant);
        return Duration.between(first, last);
    }
}
