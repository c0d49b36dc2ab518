package dev.slipway.build.kafka;

import dev.slipway.build.BuildException;
import dev.slipway.build.plan.Violation;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.oci.StoreException;

/** The contract's failures, from the core's. */
public final class Failures {
    private Failures() {}

    public static Failure of(Violation violation) {
        return new Failure(code(violation.reason()), violation.message(), violation.concerns(), violation.retryable());
    }

    public static Failure of(RuntimeException failure) {
        return switch (failure) {
            case BuildException build -> new Failure(code(build.reason()), message(build), null, build.retryable());
            case StoreException store -> new Failure(code(store), message(store), store.location(), store.retryable());
            default ->
                new Failure(
                        FailureCode.INTERNAL_ERROR,
                        "%s: %s".formatted(failure.getClass().getSimpleName(), message(failure)),
                        null,
                        false);
        };
    }

    /** The core's reasons have the names of the contract's codes. */
    private static FailureCode code(BuildException.Reason reason) {
        return FailureCode.valueOf(reason.name());
    }

    private static FailureCode code(StoreException refusal) {
        return switch (refusal.kind()) {
            case UNAVAILABLE -> FailureCode.REGISTRY_UNAVAILABLE;
            case UNAUTHORIZED -> FailureCode.REGISTRY_UNAUTHORIZED;
            case NOT_FOUND, REFUSED, IMMUTABLE -> FailureCode.REGISTRY_REFUSED;
            case CORRUPT -> FailureCode.VERIFICATION_FAILED;
        };
    }

    private static String message(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }
}
