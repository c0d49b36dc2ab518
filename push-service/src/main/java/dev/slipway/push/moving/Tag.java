package dev.slipway.push.moving;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetRegistry;
import dev.slipway.push.TargetResult;
import dev.slipway.push.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One tag while it is moved. Used by one thread at a time. */
final class Tag {

    /** Where a tag stands. */
    enum Standing {
        /** It names what it named before, or nothing where it did not exist. */
        PREVIOUS,
        /** It names the new digest. */
        NEW,
        /** It names neither. */
        FOREIGN,
        /** The registry did not say. */
        UNKNOWN
    }

    private final Prepared.Target prepared;
    private final Digest wanted;
    private final TargetRegistry registry;
    private final Optional<StagedTarget> staged;
    private Standing standing = Standing.UNKNOWN;
    private Optional<Digest> seen = Optional.empty();
    private boolean touched;
    private boolean wasNew;
    private Optional<Instant> sent = Optional.empty();
    private Optional<Instant> answered = Optional.empty();
    private @Nullable TargetFailure failure;

    Tag(Prepared.Target prepared, Digest wanted, TargetRegistry registry, Optional<StagedTarget> staged) {
        this.prepared = prepared;
        this.wanted = wanted;
        this.registry = registry;
        this.staged = staged;
    }

    Reference.Tagged reference() {
        return prepared.reference();
    }

    String host() {
        return reference().repository().registry();
    }

    Digest wanted() {
        return wanted;
    }

    TargetRegistry registry() {
        return registry;
    }

    Optional<Descriptor> previous() {
        return prepared.previous();
    }

    boolean digestWasPresent() {
        return prepared.digestWasPresent();
    }

    /** Whether it named the new digest before anything began: then there is nothing to move and nothing to undo. */
    boolean namedItBefore() {
        return prepared.previousDigest().equals(Optional.of(wanted));
    }

    /**
     * Asks the registry what the tag names now.
     *
     * @throws dev.slipway.oci.StoreException when it does not say
     */
    Standing look() {
        standing = Standing.UNKNOWN;
        seen = registry.resolve(reference().tag()).map(Descriptor::digest);
        standing = seen.equals(Optional.of(wanted))
                ? Standing.NEW
                : seen.equals(prepared.previousDigest()) ? Standing.PREVIOUS : Standing.FOREIGN;
        wasNew |= standing == Standing.NEW && !namedItBefore();
        return standing;
    }

    Standing standing() {
        return standing;
    }

    boolean reached() {
        return standing == Standing.NEW;
    }

    /** Whether the tag may name the new digest because of this publish. */
    boolean mayNeedUndo() {
        return !namedItBefore() && (touched || wasNew);
    }

    /** An earlier process may have moved it. */
    void mayHaveMoved() {
        touched = true;
    }

    void sending(Instant at) {
        touched = true;
        standing = Standing.UNKNOWN;
        sent = sent.or(() -> Optional.of(at));
    }

    void answered(Instant at) {
        answered = Optional.of(at);
        wasNew = true;
    }

    Optional<Instant> sent() {
        return sent;
    }

    Optional<Instant> answered() {
        return answered;
    }

    void fail(TargetFailure cause) {
        failure = cause;
    }

    void movedByOthers() {
        failure = new TargetFailure(
                TargetFailure.Reason.TAG_MOVED_BY_OTHERS,
                "%s was moved by somebody else: it names %s, and neither %s, which it named before, nor %s"
                        .formatted(
                                reference(),
                                seen.map(Digest::value).orElse("nothing"),
                                prepared.previousDigest().map(Digest::value).orElse("nothing"),
                                wanted),
                host(),
                true);
    }

    /** What failed has succeeded after all. */
    void recovered() {
        failure = null;
    }

    Optional<TargetFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** How it ended, the undo included. */
    TargetResult result(Duration moving) {
        TargetResult.State state = switch (standing) {
            case NEW -> TargetResult.State.PUBLISHED;
            case PREVIOUS -> wasNew ? TargetResult.State.UNDONE : TargetResult.State.UNTOUCHED;
            case FOREIGN -> TargetResult.State.MOVED_BY_OTHERS;
            case UNKNOWN -> touched ? TargetResult.State.ROLLBACK_INCOMPLETE : TargetResult.State.UNTOUCHED;
        };
        return result(state, moving);
    }

    /** How it ended when all was to be put back: still naming the new digest is no success then. */
    TargetResult resultOfUndo(Duration moving) {
        return standing == Standing.NEW
                ? result(
                        namedItBefore() ? TargetResult.State.UNTOUCHED : TargetResult.State.ROLLBACK_INCOMPLETE, moving)
                : result(moving);
    }

    private TargetResult result(TargetResult.State state, Duration moving) {
        Traffic traffic = staged.map(StagedTarget::traffic).orElse(Traffic.NONE).plus(registry.traffic());
        Duration duration =
                staged.map(StagedTarget::duration).orElse(Duration.ZERO).plus(moving);
        return new TargetResult(
                reference(), state, seen, prepared.previousDigest(), traffic, duration, Optional.ofNullable(failure));
    }
}
