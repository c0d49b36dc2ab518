package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why something could not be done.
 *
 * @param message one sentence that names who, what and what was answered
 * @param concerns the platform, registry or node, where there is one
 * @param retryable whether trying the same again can help
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failure(
        FailureCode code, String message, @Nullable String concerns, boolean retryable) {
    public Failure {
        Objects.requireNonNull(code, "code of a failure is missing");
        Objects.requireNonNull(message, "message of a failure is missing");
    }
}
