package dev.slipway.kit.handling;

import dev.slipway.events.Event;
import dev.slipway.events.Fact;
import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.RecordPosition;
import dev.slipway.kit.metrics.Meters;
import dev.slipway.kit.metrics.StageResult;
import dev.slipway.kit.tracing.BuildContext;
import dev.slipway.kit.tracing.StageSpans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Runs a stage on a record. When this returns, the record may be committed: its work is durable elsewhere, or it lies on the
 * dead-letter topic. An outage of Kafka is waited out for as long as it lasts; other failures are tried again in place a few
 * times, then the record is a dead letter and the build it belongs to ends with the stage's failure event.
 */
public final class EventHandling {
    private static final Logger LOG = Logger.getLogger(EventHandling.class);

    private final EventReader reader = new EventReader();
    private final EventWriter writer;
    private final EventPublisher publisher;
    private final StageSpans spans;
    private final RetryPolicy retries;
    private final Meters meters;
    private final SeenEvents seen;

    public EventHandling(
            EventWriter writer, EventPublisher publisher, StageSpans spans, RetryPolicy retries, Meters meters) {
        this.writer = writer;
        this.publisher = publisher;
        this.spans = spans;
        this.retries = retries;
        this.meters = meters;
        this.seen = new SeenEvents(retries.remembered());
    }

    public <E extends Event> void handle(ConsumerRecord<String, byte[]> record, Stage<E> stage) {
        read(record, stage.events()).ifPresent(received -> handle(record, received, stage));
    }

    /** Reads a record; one that cannot be read is on the dead-letter topic when this returns empty. */
    public <E extends Event> Optional<Received<E>> read(ConsumerRecord<String, byte[]> record, Class<E> events) {
        try {
            return Optional.of(reader.read(record.topic(), record.headers(), record.value(), events));
        } catch (MalformedEventException e) {
            LOG.warnf(
                    "slipway.dead_letter topic=%s partition=%d offset=%d reason=%s",
                    record.topic(), record.partition(), record.offset(), e.reason());
            retries.whileBusIsDown(() -> deadLetter(record, e.reason(), e));
            return Optional.empty();
        }
    }

    /** Runs a stage on a record that {@link #read} has read. */
    public <E extends Event> void handle(ConsumerRecord<String, byte[]> record, Received<E> received, Stage<E> stage) {
        if (!stage.concerns(received.event())) {
            return;
        }
        String what = stage.name() + " " + received.envelope().source() + " "
                + received.envelope().id();
        if (seen.contains(what)) {
            return;
        }
        meters.stageWaited(stage.name(), Duration.ofMillis(System.currentTimeMillis() - record.timestamp()));
        if (inSpan(stage, received, () -> attempt(record, stage, received)) == StageResult.DONE) {
            seen.add(what);
        }
    }

    private <E extends Event> StageResult inSpan(Stage<E> stage, Received<E> received, Supplier<StageResult> work) {
        long began = System.nanoTime();
        Span span = stage.first() ? spans.startFirst(stage.name(), received) : spans.start(stage.name(), received);
        try (Scope ignored = BuildContext.with(span, received.buildId()).makeCurrent()) {
            if (received.envelope().traceOrigin() == Envelope.TraceOrigin.DERIVED_FROM_BAD) {
                LOG.warnf(
                        "slipway.bad_traceparent slipway.build.id=%s cloudevents.event_id=%s the trace is derived",
                        received.buildId(), received.envelope().id());
            }
            StageResult result = work.get();
            meters.stageEnded(stage.name(), result, Duration.ofNanos(System.nanoTime() - began));
            return result;
        } finally {
            span.end();
        }
    }

    /** How the stage came to its end. What was given up is not remembered as seen: it may be replayed. */
    private <E extends Event> StageResult attempt(
            ConsumerRecord<String, byte[]> record, Stage<E> stage, Received<E> received) {
        for (int attempt = 1; ; attempt++) {
            int current = attempt;
            try {
                retries.whileBusIsDown(() -> stage.handle(received));
                return StageResult.DONE;
            } catch (UnsupportedEventException e) {
                LOG.warnf(
                        "slipway.dead_letter topic=%s partition=%d offset=%d reason=%s",
                        record.topic(), record.partition(), record.offset(), e.reason());
                Span.current().setStatus(StatusCode.ERROR, e.reason());
                retries.whileBusIsDown(() -> deadLetter(record, e.reason(), e));
                return StageResult.REFUSED;
            } catch (BusUnavailableException e) {
                throw e; // interrupted while Kafka was down: the record stays uncommitted
            } catch (RuntimeException e) {
                Span.current().recordException(e).setAttribute("slipway.attempt", current);
                meters.attemptFailed(stage.name());
                LOG.warnf(
                        e,
                        "slipway.stage_failed stage=%s slipway.build.id=%s attempt=%d",
                        stage.name(),
                        received.buildId(),
                        current);
                if (current >= retries.attempts()) {
                    giveUp(record, stage, received, e);
                    return StageResult.FAILED;
                }
                retries.pause(current);
            }
        }
    }

    private <E extends Event> void giveUp(
            ConsumerRecord<String, byte[]> record, Stage<E> stage, Received<E> received, RuntimeException last) {
        Span.current()
                .setStatus(StatusCode.ERROR)
                .setAttribute("error.type", last.getClass().getName());
        retries.whileBusIsDown(() -> {
            List<Fact> end = end(stage, received, last);
            deadLetter(
                    record,
                    "%s failed %d times: %s".formatted(stage.name(), retries.attempts(), last.getMessage()),
                    last);
            publisher.publish(received.cause(), end);
        });
    }

    /** A stage that fails at this too ends nothing, but the records behind this one must go on. */
    private static <E extends Event> List<Fact> end(Stage<E> stage, Received<E> received, RuntimeException last) {
        try {
            return stage.givenUp(received, last);
        } catch (BusUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "slipway.not_ended stage=%s slipway.build.id=%s", stage.name(), received.buildId());
            return List.of();
        }
    }

    private void deadLetter(ConsumerRecord<String, byte[]> record, String reason, Throwable cause) {
        publisher.send(writer.deadLetter(
                new RecordPosition(record.topic(), record.partition(), record.offset()),
                record.key(),
                record.headers(),
                record.value(),
                reason,
                Optional.of(cause)));
    }
}
