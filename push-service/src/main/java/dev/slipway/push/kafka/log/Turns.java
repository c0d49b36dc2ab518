package dev.slipway.push.kafka.log;

import dev.slipway.events.PublishEvent;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.events.model.TargetState;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.push.rollback.TagTurns.Turn;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The turns of each tag, from the outcomes of publishes. All are kept, since a tag may go back to any of them: about 150 bytes
 * for each tag of each publish. Written by one thread at a time.
 */
final class Turns {
    private final Map<String, List<Turn>> byTag = new ConcurrentHashMap<>();
    private final Map<String, Digest> digests = new ConcurrentHashMap<>();

    List<Turn> of(Reference.Tagged tag) {
        return byTag.getOrDefault(tag.toString(), List.of()).stream()
                .sorted(Comparator.comparing(Turn::at).reversed())
                .toList();
    }

    /**
     * Takes in how a build ended.
     *
     * @param at when that was said
     */
    void add(PublishEvent outcome, Instant at) {
        for (TargetOutcome target : taken(outcome)) {
            Digest digest = digest(target.digest());
            if (digest != null) {
                byTag.computeIfAbsent(target.reference(), reference -> new CopyOnWriteArrayList<>())
                        .add(new Turn(
                                outcome.buildId(), at, digest, Optional.ofNullable(digest(target.previousDigest()))));
            }
        }
    }

    /** The targets that name what the build wanted, also those that could not be put back. */
    static List<TargetOutcome> taken(PublishEvent outcome) {
        return targets(outcome).stream()
                .filter(target ->
                        target.state() == TargetState.PUBLISHED || target.state() == TargetState.ROLLBACK_INCOMPLETE)
                .toList();
    }

    private static List<TargetOutcome> targets(PublishEvent outcome) {
        return switch (outcome) {
            case PublishEvent.ImagePublished published -> published.targets();
            case PublishEvent.ImagePublishFailed failed -> failed.targets();
            case PublishEvent.ImageRolledBack rolledBack -> rolledBack.targets();
            case PublishEvent.ImageSuperseded superseded -> List.of();
        };
    }

    /** Each digest once, since one stands in several targets, and as the next one's predecessor. */
    private @Nullable Digest digest(@Nullable String value) {
        return value == null ? null : digests.computeIfAbsent(value, Digest::new);
    }
}
