package dev.slipway.cli.build;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the submitting span stands (W3C Trace Context, "traceparent Header").
 *
 * @param parentSpanId empty for the root of a trace
 */
record TraceContext(String traceId, String spanId, Optional<String> parentSpanId) {
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

    /** A new trace, or a new span of the one that a well-formed {@code traceparent} names. */
    static TraceContext begin(Optional<String> traceparent) {
        String spanId = hex(UUID.randomUUID().getMostSignificantBits() | 1);
        Optional<Matcher> parent = traceparent.map(TRACEPARENT::matcher).filter(Matcher::matches);
        return parent.map(p -> new TraceContext(p.group(1), spanId, Optional.of(p.group(2))))
                .orElseGet(() -> {
                    UUID id = UUID.randomUUID();
                    String traceId = hex(id.getMostSignificantBits()) + hex(id.getLeastSignificantBits());
                    return new TraceContext(traceId, spanId, Optional.empty());
                });
    }

    /** Sampled: what becomes of the trace is decided by the services, which know how the build ended. */
    String traceparent() {
        return "00-" + traceId + "-" + spanId + "-01";
    }

    private static String hex(long bits) {
        return HexFormat.of().toHexDigits(bits);
    }
}
