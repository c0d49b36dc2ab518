package dev.slipway.manifest.change;

import dev.slipway.manifest.AssemblyOutcome.Unchangeable;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import java.util.Optional;

/** Ends a change that cannot be; {@link ChangeIndex} lets none out. */
final class UnchangeableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Unchangeable outcome;

    UnchangeableException(Unchangeable.Reason reason, Reference concerns, String message) {
        super(message);
        this.outcome = new Unchangeable(reason, message, concerns);
    }

    UnchangeableException(Unchangeable.Reason reason, Reference concerns, IllegalArgumentException cause) {
        super(cause);
        this.outcome = new Unchangeable(reason, "%s: %s".formatted(concerns, cause.getMessage()), concerns);
    }

    /** What is not there or is damaged will be so tomorrow; other failures of a registry are the caller's to judge. */
    static RuntimeException orItself(Reference concerns, StoreException failure) {
        Optional<Unchangeable.Reason> reason = switch (failure.kind()) {
            case NOT_FOUND -> Optional.of(Unchangeable.Reason.NOT_FOUND);
            case CORRUPT -> Optional.of(Unchangeable.Reason.MALFORMED);
            case UNAVAILABLE, UNAUTHORIZED, REFUSED, IMMUTABLE -> Optional.empty();
        };
        return reason.<RuntimeException>map(why ->
                        new UnchangeableException(why, concerns, "%s: %s".formatted(concerns, failure.getMessage())))
                .orElse(failure);
    }

    Unchangeable outcome() {
        return outcome;
    }
}
