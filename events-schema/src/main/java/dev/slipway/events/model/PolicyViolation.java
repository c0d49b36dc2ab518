package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the gate that does not hold.
 *
 * @param platform of the image that it does not hold for; absent where it is about the whole
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyViolation(
        String rule, Action action, @Nullable String platform, String message) {

    /** What follows from it. */
    public enum Action {
        @JsonProperty("deny")
        DENY,
        @JsonProperty("warn")
        WARN
    }

    public PolicyViolation {
        Objects.requireNonNull(rule, "rule of a violation is missing");
        Objects.requireNonNull(action, "action of a violation is missing");
        Objects.requireNonNull(message, "message of a violation is missing");
    }
}
