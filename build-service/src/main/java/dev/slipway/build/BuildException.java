package dev.slipway.build;

import org.jspecify.annotations.Nullable;

/** A build cannot be planned or carried out. The message is one sentence for people: who, what, the answer. */
public class BuildException extends RuntimeException {

    /** The closed list of reasons; each has the name of the contract's failure code that it becomes. */
    public enum Reason {
        REQUEST_INVALID,
        PLATFORM_UNKNOWN,
        PLATFORM_UNAVAILABLE,
        WORKER_UNAVAILABLE,
        REFERENCE_INVALID,
        OPTION_UNSUPPORTED,
        CONTEXT_UNAVAILABLE,
        CONTEXT_INVALID,
        DOCKERFILE_MISSING,
        DOCKERFILE_INVALID,
        DOCKERFILE_UNSUPPORTED,
        BASE_IMAGE_UNAVAILABLE,
        BUILD_STEP_FAILED,
        BUILD_CANCELLED,
        DEADLINE_EXCEEDED,
        REGISTRY_UNAVAILABLE,
        REGISTRY_UNAUTHORIZED,
        REGISTRY_REFUSED,
        INTERNAL_ERROR
    }

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final boolean retryable;

    public BuildException(Reason reason, String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.retryable = retryable;
    }

    /** One that no further try can help. */
    public static BuildException permanent(Reason reason, String message) {
        return new BuildException(reason, message, false, null);
    }

    public Reason reason() {
        return reason;
    }

    /** Whether trying the same again later can help. */
    public boolean retryable() {
        return retryable;
    }
}
