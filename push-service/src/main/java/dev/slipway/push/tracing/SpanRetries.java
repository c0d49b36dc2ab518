package dev.slipway.push.tracing;

import dev.slipway.oci.registry.errors.RegistryException;
import dev.slipway.oci.registry.http.RetryObserver;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;

/** An event on the current span for each request that is made again, in OpenTelemetry's words for HTTP. */
public final class SpanRetries implements RetryObserver {
    private static final double NANOS = 1e9;

    @Override
    public void retried(Retry retry) {
        AttributesBuilder attributes = Attributes.builder()
                .put("http.request.resend_count", retry.number() - 1L)
                .put("slipway.registry", retry.failure().location())
                .put("slipway.retry.reason", String.valueOf(retry.failure().getMessage()))
                .put("slipway.retry.pause", retry.pause().toNanos() / NANOS);
        switch (retry.failure()) {
            case RegistryException answered ->
                attributes
                        .put("http.response.status_code", answered.status())
                        .put("error.type", Integer.toString(answered.status()));
            default -> attributes.put("error.type", retry.failure().kind().name());
        }
        Span.current().addEvent("slipway.registry.retry", attributes.build());
    }
}
