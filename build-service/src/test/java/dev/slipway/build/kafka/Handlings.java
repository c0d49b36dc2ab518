package dev.slipway.build.kafka;

import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.handling.EventHandling;
import dev.slipway.kit.handling.RetryPolicy;
import dev.slipway.kit.metrics.Meters;
import dev.slipway.kit.tracing.DerivedIds;
import dev.slipway.kit.tracing.StageSpans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;

/** The handling of events around a stage, impatient. */
public final class Handlings {
    private Handlings() {}

    public static EventHandling over(EventPublisher publisher) {
        return new EventHandling(
                new EventWriter("/slipway/build-service", Clock.systemUTC()),
                publisher,
                new StageSpans(OpenTelemetry.noop().getTracer("test"), new DerivedIds()),
                new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1), 100),
                new Meters(new SimpleMeterRegistry()));
    }
}
