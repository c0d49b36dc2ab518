package dev.slipway.kit.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.Optional;

/** The build that the current work is for; it goes where the current span goes. */
public final class BuildContext {
    private static final ContextKey<String> BUILD_ID = ContextKey.named("slipway.build.id");

    private BuildContext() {}

    /** The current context with a span and the build that it is of. The caller makes it current. */
    public static Context with(Span span, String buildId) {
        return Context.current().with(span).with(BUILD_ID, buildId);
    }

    public static Optional<String> buildId(Context context) {
        return Optional.ofNullable(context.get(BUILD_ID));
    }
}
