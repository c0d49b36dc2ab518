package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a target stands when a publish has ended.
 *
 * @param digest what the tag names now, as far as it was seen; absent where it names nothing
 * @param previousDigest what it named before
 * @param failure why the target is not where it should be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TargetOutcome(
        String reference,
        TargetState state,
        @Nullable String digest,
        @Nullable String previousDigest,
        long bytesSent,
        long bytesMounted,
        int requests,
        Duration duration,
        @Nullable Failure failure) {}
