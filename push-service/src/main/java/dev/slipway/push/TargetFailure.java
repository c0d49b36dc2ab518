package dev.slipway.push;

import dev.slipway.oci.StoreException;

/**
 * Why a target is not where it should be.
 *
 * @param message one sentence that names who, what and what was answered
 * @param registry the registry or repository it concerns
 * @param retryable whether publishing again can help
 */
public record TargetFailure(Reason reason, String message, String registry, boolean retryable) {

    /** The kinds of failure that a caller may tell apart. */
    public enum Reason {
        REGISTRY_UNAVAILABLE,
        REGISTRY_UNAUTHORIZED,
        REGISTRY_REFUSED,
        TAG_IMMUTABLE,
        TAG_MOVED_BY_OTHERS,
        /** What shall be copied is not there. */
        IMAGE_NOT_FOUND,
        /** A tag has never named what it shall name again. */
        NO_EARLIER_IMAGE,
        /** The tenant may not move a tag that the request names. */
        ACCESS_DENIED,
        CHILD_MANIFEST_MISSING,
        VERIFICATION_FAILED,
        ROLLBACK_INCOMPLETE,
        /** The request's time ran out before any tag was moved. */
        DEADLINE_EXCEEDED,
        /** A defect of Slipway, or an outage of its own parts. */
        INTERNAL_ERROR
    }

    public static TargetFailure of(StoreException e) {
        return new TargetFailure(reason(e.kind()), String.valueOf(e.getMessage()), e.location(), e.retryable());
    }

    /** The same, said in other words. */
    public TargetFailure saying(String words) {
        return new TargetFailure(reason, words, registry, retryable);
    }

    private static Reason reason(StoreException.Kind kind) {
        return switch (kind) {
            case UNAVAILABLE -> Reason.REGISTRY_UNAVAILABLE;
            case UNAUTHORIZED -> Reason.REGISTRY_UNAUTHORIZED;
            case NOT_FOUND, REFUSED -> Reason.REGISTRY_REFUSED;
            case IMMUTABLE -> Reason.TAG_IMMUTABLE;
            case CORRUPT -> Reason.VERIFICATION_FAILED;
        };
    }
}
