package dev.slipway.push.moving;

import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.work.Work;

/** Moves one tag, and makes sure of it. How it went stands in the tag. */
final class MoveTag {
    private final MoveLimits limits;
    private final Work work;

    MoveTag(MoveLimits limits, Work work) {
        this.limits = limits;
        this.work = work;
    }

    /** The look that decides whether a tag may be moved. */
    void look(Tag tag) {
        try {
            if (tag.look() == Tag.Standing.FOREIGN) {
                tag.movedByOthers();
            }
        } catch (StoreException e) {
            tag.fail(TargetFailure.of(e));
        }
    }

    /** Moves a tag that was seen to name what it named before. */
    void move(Tag tag, Manifest manifest) {
        Tries tries = new Tries(work.steps());
        for (int attempt = 1; ; attempt++) {
            try {
                tag.sending(work.clock().instant());
                tag.registry().tag(manifest, tag.reference().tag());
                tag.answered(work.clock().instant());
                confirm(tag);
                return;
            } catch (StoreException e) {
                if (settled(tag, e)) {
                    return;
                }
                if (isFinal(e) || attempt >= limits.attempts()) {
                    tag.failure().ifPresent(last -> tag.fail(last.saying(tries.listed(last.message()))));
                    return;
                }
                tries.again(e);
            }
            work.pauses().pause(limits.pause());
        }
    }

    /** The registry took the move; it may show it late. */
    private void confirm(Tag tag) {
        boolean shown = work.until(() -> tag.look() != Tag.Standing.PREVIOUS, limits.confirm(), limits.pause());
        if (!shown) {
            tag.fail(new TargetFailure(
                    TargetFailure.Reason.VERIFICATION_FAILED,
                    "%s accepted %s for %s and does not show it %d ms later"
                            .formatted(
                                    tag.host(),
                                    tag.wanted(),
                                    tag.reference(),
                                    limits.confirm().toMillis()),
                    tag.host(),
                    true));
        } else if (tag.standing() == Tag.Standing.FOREIGN) {
            tag.movedByOthers();
        } else {
            tag.recovered();
        }
    }

    /** After a failed request: the answer may have been lost and the move not, or somebody else was there. */
    private boolean settled(Tag tag, StoreException failed) {
        tag.fail(TargetFailure.of(failed));
        try {
            return switch (tag.look()) {
                case NEW -> {
                    tag.answered(work.clock().instant());
                    tag.recovered();
                    yield true;
                }
                case FOREIGN -> {
                    tag.movedByOthers();
                    yield true;
                }
                case PREVIOUS, UNKNOWN -> false;
            };
        } catch (StoreException e) {
            return false; // the first failure says more
        }
    }

    private static boolean isFinal(StoreException e) {
        return switch (e.kind()) {
            case UNAUTHORIZED, IMMUTABLE, CORRUPT -> true;
            // some registries deny blobs that they have just accepted
            case NOT_FOUND, REFUSED, UNAVAILABLE -> false;
        };
    }
}
