package dev.slipway.kit.events;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A W3C {@code traceparent}, version 00 (Trace Context, "traceparent Header"). */
public record TraceParent(String value) {
    private static final Pattern SYNTAX = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    public TraceParent {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("not a traceparent: '%s'".formatted(value));
        }
    }

    /** Empty where the text is absent or no traceparent. */
    public static Optional<TraceParent> read(@Nullable String text) {
        return text != null && SYNTAX.matcher(text).matches() ? Optional.of(new TraceParent(text)) : Optional.empty();
    }

    public String traceId() {
        return value.substring(3, 35);
    }

    public String spanId() {
        return value.substring(36, 52);
    }

    public boolean sampled() {
        return (Character.digit(value.charAt(54), 16) & 1) == 1;
    }

    @Override
    public String toString() {
        return value;
    }
}
