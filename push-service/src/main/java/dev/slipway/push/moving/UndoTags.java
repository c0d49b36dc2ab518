package dev.slipway.push.moving;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.work.Work;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts back what a publish has moved. A tag that names neither the new digest nor the old one was moved by somebody else and
 * is left alone. How it went stands in the tags.
 */
final class UndoTags {
    private final TagHistory history;
    private final MoveLimits limits;
    private final Work work;

    UndoTags(TagHistory history, MoveLimits limits, Work work) {
        this.history = history;
        this.limits = limits;
        this.work = work;
    }

    /** Undoes what the tags of one publish need undone. */
    void undo(String buildId, Collection<Tag> tags) {
        List<Tag> moved = tags.stream().filter(Tag::mayNeedUndo).toList();
        Map<Tag, Boolean> notDeletable = new ConcurrentHashMap<>();
        work.parallel()
                .forEach(
                        moved,
                        tag -> work.steps().step("undo tag", tag.reference().toString(), () -> {
                            if (!putBack(tag)) {
                                notDeletable.put(tag, true);
                            }
                        }));
        Map<RepositoryName, List<Tag>> refused = moved.stream()
                .filter(notDeletable::containsKey)
                .collect(Collectors.groupingBy(tag -> tag.reference().repository()));
        work.parallel()
                .forEach(
                        refused.entrySet(),
                        entry -> deleteDigest(buildId, entry.getValue(), siblings(entry.getKey(), tags)));
    }

    private static List<Tag> siblings(RepositoryName repository, Collection<Tag> tags) {
        return tags.stream()
                .filter(tag -> tag.reference().repository().equals(repository))
                .toList();
    }

    /** False where the tag must be deleted, and the registry does not delete tags. */
    private boolean putBack(Tag tag) {
        Tries tries = new Tries(work.steps());
        for (int attempt = 1; ; attempt++) {
            try {
                if (tag.look() != Tag.Standing.NEW) {
                    noteOthers(tag);
                    return true;
                }
                Optional<Descriptor> previous = tag.previous();
                if (previous.isPresent()) {
                    restore(tag, previous.get());
                } else if (!tag.registry().deleteTag(tag.reference().tag())) {
                    return false;
                }
                confirm(tag);
                return true;
            } catch (StoreException e) {
                if (attempt >= limits.attempts()) {
                    incomplete(tag, tries.listed(String.valueOf(e.getMessage())));
                    return true;
                }
                tries.again(e);
            }
            work.pauses().pause(limits.pause());
        }
    }

    private void restore(Tag tag, Descriptor previous) {
        Manifest manifest = tag.registry()
                .manifest(previous.digest())
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.NOT_FOUND,
                        tag.registry().repository().toString(),
                        "%s does not have %s any more".formatted(tag.registry().repository(), previous.digest()),
                        null));
        tag.registry().tag(manifest, tag.reference().tag());
    }

    /** The registry took it back; it may show that late. */
    private void confirm(Tag tag) {
        if (!work.until(() -> tag.look() != Tag.Standing.NEW, limits.confirm(), limits.pause())) {
            incomplete(tag, "it still shows the new digest");
        }
        noteOthers(tag);
    }

    /**
     * Deletes the digest, and with it every tag that names it. Only where it came with this publish, where no other move of
     * ours names it, and where every tag of this publish in the repository may go or names something else.
     */
    private void deleteDigest(String buildId, List<Tag> refused, List<Tag> siblings) {
        Tag first = refused.getFirst();
        boolean othersKeepIt = siblings.stream()
                .anyMatch(tag -> !refused.contains(tag)
                        && (tag.standing() == Tag.Standing.NEW || tag.standing() == Tag.Standing.UNKNOWN));
        boolean ours = refused.stream().noneMatch(Tag::digestWasPresent);
        if (!ours || othersKeepIt || history.isNamed(first.reference().repository(), first.wanted(), buildId)) {
            refused.forEach(tag -> incomplete(
                    tag, "it does not delete tags, and %s must stay for other tags".formatted(tag.wanted())));
            return;
        }
        try {
            if (first.registry().deleteManifest(first.wanted())) {
                refused.forEach(this::confirm);
            } else {
                refused.forEach(tag -> incomplete(tag, "it deletes neither tags nor manifests"));
            }
        } catch (StoreException e) {
            refused.forEach(tag -> incomplete(tag, e.getMessage()));
        }
    }

    private static void noteOthers(Tag tag) {
        if (tag.standing() == Tag.Standing.FOREIGN) {
            tag.movedByOthers();
        }
    }

    private static void incomplete(Tag tag, @Nullable String why) {
        tag.fail(new TargetFailure(
                TargetFailure.Reason.ROLLBACK_INCOMPLETE,
                "%s could not be put back to %s: %s"
                        .formatted(
                                tag.reference(),
                                tag.previous()
                                        .map(previous -> previous.digest().value())
                                        .orElse("nothing"),
                                why),
                tag.host(),
                false));
    }
}
