package dev.slipway.kit.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random ids, but for one span at a time whose ids follow from the build id. */
public final class DerivedIds implements IdGenerator {
    private record Ids(String traceId, String spanId) {}

    private final IdGenerator random = IdGenerator.random();
    private static final ThreadLocal<@Nullable Ids> FORCED = new ThreadLocal<>();

    /** Starts one root span under the given ids: 32 and 16 hex digits. */
    <T> T with(String traceId, String spanId, Supplier<T> start) {
        FORCED.set(new Ids(traceId, spanId));
        try {
            return start.get();
        } finally {
            FORCED.remove();
        }
    }

    @Override
    public String generateTraceId() {
        Ids ids = FORCED.get();
        return ids == null ? random.generateTraceId() : ids.traceId();
    }

    @Override
    public String generateSpanId() {
        Ids ids = FORCED.get();
        return ids == null ? random.generateSpanId() : ids.spanId();
    }
}
