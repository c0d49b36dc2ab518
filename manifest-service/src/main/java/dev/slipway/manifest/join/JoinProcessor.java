package dev.slipway.manifest.join;

import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.Fact;
import dev.slipway.events.ProgressEvent;
import dev.slipway.events.ProgressEvent.BuildDeadlinePassed;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.EventTooLargeException;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.events.OutgoingEvent;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.RecordPosition;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.kit.tracing.StageSpans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the log of each build and says what follows from it. Time enters only as a record: a passed deadline is written to
 * the very topic this reads, and counts where it stands in the log.
 */
final class JoinProcessor implements Processor<String, byte[], String, byte[]> {
    private static final Logger LOG = Logger.getLogger(JoinProcessor.class);

    private final EventReader reader = new EventReader();
    private final EventWriter writer;
    private final StageSpans spans;
    private final JoinSettings settings;
    private final Timers timers = new Timers();

    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, JoinLog> store;
    private @Nullable Instant started;

    @SuppressWarnings("NullAway") // Kafka Streams calls init before anything else
    JoinProcessor(EventWriter writer, StageSpans spans, JoinSettings settings) {
        this.writer = writer;
        this.spans = spans;
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> newContext) {
        context = newContext;
        store = newContext.getStateStore(JoinTopology.STORE);
        try (KeyValueIterator<String, JoinLog> logs = store.all()) {
            while (logs.hasNext()) {
                KeyValue<String, JoinLog> entry = logs.next();
                setTimer(entry.key, entry.value);
            }
        }
        newContext.schedule(settings.tick(), PunctuationType.WALL_CLOCK_TIME, time -> lookAtDue());
    }

    @Override
    public void process(Record<String, byte[]> record) {
        try {
            Received<ProgressEvent> received = read(record);
            Optional<KeptFact> fact = fact(received);
            if (fact.isPresent()) {
                take(received, fact.get());
            }
        } catch (MalformedEventException e) {
            putAside(record, e.reason(), e);
        }
    }

    private static Optional<KeptFact> fact(Received<ProgressEvent> received) throws MalformedEventException {
        try {
            return KeptFact.of(received);
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException(
                    "event '%s' contradicts itself: %s"
                            .formatted(received.envelope().id(), e.getMessage()),
                    e);
        }
    }

    private Received<ProgressEvent> read(Record<String, byte[]> record) throws MalformedEventException {
        Received<ProgressEvent> received =
                reader.read(position().topic(), record.headers(), record.value(), ProgressEvent.class);
        String buildId = received.event().buildId();
        if (!buildId.equals(record.key()) || !buildId.equals(received.buildId())) {
            throw new MalformedEventException("record key '%s' and correlationid '%s' must be the build id '%s'"
                    .formatted(record.key(), received.buildId(), buildId));
        }
        return received;
    }

    private void take(Received<ProgressEvent> received, KeptFact fact) {
        String buildId = received.buildId();
        JoinLog stored = store.get(buildId);
        JoinLog log = stored == null ? JoinLog.startedAt(now()) : stored;
        if (log.isMark()) {
            return;
        }
        Optional<JoinLog> longer = log.with(fact, now());
        if (longer.isPresent()) {
            store.put(buildId, longer.get());
            setTimer(buildId, longer.get());
            conclude(received, longer.get());
        } else if (log.endsWith(fact)) {
            conclude(received, log);
        }
    }

    private void conclude(Received<ProgressEvent> received, JoinLog log) {
        List<Fact> facts = Conclusions.of(received.buildId(), log);
        if (facts.isEmpty()) {
            return;
        }
        Cause cause = cause(received, log);
        Span span = spans.span("join platforms", cause, received.envelope().hop())
                .setAttribute("messaging.destination.name", received.topic())
                .setAttribute("cloudevents.event_type", received.envelope().type())
                .startSpan();
        try {
            for (Fact fact : facts) {
                forward(written(fact, cause, span));
            }
        } finally {
            span.end();
        }
    }

    /** The trace is the build's: whoever cancels it may have come with another. */
    private static Cause cause(Received<ProgressEvent> received, JoinLog log) {
        KeptFact.Planned plan = log.plan();
        return plan == null
                ? received.cause()
                : new Cause(
                        received.buildId(),
                        new TraceParent(plan.trace()),
                        received.envelope().id());
    }

    /** An event too large for its topic ends the build, each time alike, instead of stopping the partition. */
    private OutgoingEvent written(Fact fact, Cause cause, Span span) {
        try {
            return writer.fact(fact, cause, span.getSpanContext());
        } catch (EventTooLargeException e) {
            LOG.warnf("slipway.event_too_large slipway.build.id=%s", cause.buildId());
            span.recordException(e);
            Failure failure = new Failure(
                    FailureCode.INTERNAL_ERROR, "the result of the join is too large for an event", null, false);
            return writer.fact(
                    new ImageAssemblyFailed(cause.buildId(), List.of(failure)), cause, span.getSpanContext());
        }
    }

    private void lookAtDue() {
        if (started == null) {
            started = now(); // in init the context does not know the time yet
        }
        for (String buildId : timers.due(now())) {
            JoinLog log = store.get(buildId);
            if (log != null) {
                lookAt(buildId, log);
            }
        }
    }

    private void lookAt(String buildId, JoinLog log) {
        if (now().isBefore(due(log))) {
            setTimer(buildId, log);
            return;
        }
        KeptFact.Planned plan = log.plan();
        if (log.isMark() || (plan == null && !log.decided())) {
            store.delete(buildId);
        } else if (log.decided()) {
            JoinLog mark = log.markedAt(now());
            store.put(buildId, mark);
            setTimer(buildId, mark);
        } else if (plan != null) {
            sayDeadline(buildId, plan);
            timers.set(now().plus(settings.repeatDeadline()), buildId);
        }
    }

    private void setTimer(String buildId, JoinLog log) {
        timers.set(due(log), buildId);
    }

    /**
     * When something is to be done with a build that nothing is heard of. What was decided before a long stop is kept for the
     * full time after it, since the records that decided it may have to be read, and answered, again.
     */
    private Instant due(JoinLog log) {
        KeptFact.Planned plan = log.plan();
        if (log.decided() && !log.isMark()) {
            Instant start = started != null && log.since().isBefore(started) ? started : log.since();
            return start.plus(settings.keepDecided());
        }
        return plan != null ? plan.event().deadline() : log.since().plus(settings.keepMark());
    }

    private void sayDeadline(String buildId, KeptFact.Planned plan) {
        Cause cause = new Cause(buildId, new TraceParent(plan.trace()), plan.id());
        Fact late = new BuildDeadlinePassed(buildId, plan.event().deadline());
        forward(writer.fact(late, cause, SpanContext.getInvalid()));
    }

    private void putAside(Record<String, byte[]> record, String reason, Throwable cause) {
        RecordPosition at = position();
        LOG.warnf(
                "slipway.dead_letter topic=%s partition=%d offset=%d reason=%s",
                at.topic(), at.partition(), at.offset(), reason);
        forward(writer.deadLetter(at, record.key(), record.headers(), record.value(), reason, Optional.of(cause)));
    }

    /** Sinks are named like their topics. */
    @SuppressWarnings("NullAway") // a record without key or value is legal in Kafka
    private void forward(OutgoingEvent event) {
        context.forward(
                new Record<>(event.key().orElse(null), event.value(), context.currentSystemTimeMs(), event.headers()),
                event.topic());
    }

    private RecordPosition position() {
        return context.recordMetadata()
                .map(at -> new RecordPosition(at.topic(), at.partition(), at.offset()))
                .orElseThrow(() -> new IllegalStateException("a record is processed that lies nowhere"));
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
