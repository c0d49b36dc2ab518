package dev.slipway.push;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a target stands when a publish has ended.
 *
 * @param digest what the tag names now, as far as it was seen
 * @param previous what it named before
 * @param traffic of staging and moving
 */
public record TargetResult(
        Reference.Tagged reference,
        State state,
        Optional<Digest> digest,
        Optional<Digest> previous,
        Traffic traffic,
        Duration duration,
        Optional<TargetFailure> failure) {

    /** How a publish left a target. */
    public enum State {
        /** The tag names the new digest. */
        PUBLISHED,
        /** The tag was never touched. */
        UNTOUCHED,
        /** The tag was moved, and names its old digest again, or nothing where it named nothing. */
        UNDONE,
        /** Somebody else had moved the tag; it was left alone. */
        MOVED_BY_OTHERS,
        /** The tag was moved, and could not be put back. */
        ROLLBACK_INCOMPLETE
    }

    /** A target whose tag nobody touched. */
    public static TargetResult untouched(
            Reference.Tagged reference, Optional<Digest> digest, Optional<TargetFailure> failure) {
        return new TargetResult(reference, State.UNTOUCHED, digest, digest, Traffic.NONE, Duration.ZERO, failure);
    }
}
