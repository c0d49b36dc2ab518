package dev.slipway.build.plan;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.oci.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * One thing for which a request is rejected.
 *
 * @param message one sentence: who, what, the answer
 * @param concerns the platform, image, option or registry, where there is one
 * @param retryable whether the same request can be accepted later
 */
public record Violation(
        Reason reason, String message, @Nullable String concerns, boolean retryable) {

    static Violation of(Reason reason, String message) {
        return new Violation(reason, message, null, false);
    }

    static Violation about(String concerns, Reason reason, String message) {
        return new Violation(reason, message, concerns, false);
    }

    static Violation of(BuildException refusal) {
        return new Violation(refusal.reason(), String.valueOf(refusal.getMessage()), null, refusal.retryable());
    }

    /** What a store's answer means; {@code missing} where what was asked for is not there, or is broken. */
    static Violation of(StoreException refusal, Reason missing) {
        Reason reason = switch (refusal.kind()) {
            case NOT_FOUND, CORRUPT -> missing;
            case UNAVAILABLE -> Reason.REGISTRY_UNAVAILABLE;
            case UNAUTHORIZED -> Reason.REGISTRY_UNAUTHORIZED;
            case REFUSED, IMMUTABLE -> Reason.REGISTRY_REFUSED;
        };
        return new Violation(reason, String.valueOf(refusal.getMessage()), refusal.location(), refusal.retryable());
    }
}
