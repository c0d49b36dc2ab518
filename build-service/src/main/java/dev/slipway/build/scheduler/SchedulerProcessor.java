package dev.slipway.build.scheduler;

import dev.slipway.build.queue.AssignBuilds;
import dev.slipway.build.queue.Assignment;
import dev.slipway.build.queue.BuildKey;
import dev.slipway.build.queue.Change;
import dev.slipway.build.queue.Decisions;
import dev.slipway.build.queue.Patience;
import dev.slipway.build.queue.Places.Place;
import dev.slipway.build.queue.QueueEntry;
import dev.slipway.build.queue.QueuedBuild;
import dev.slipway.build.queue.Revocation;
import dev.slipway.build.queue.Run;
import dev.slipway.build.queue.WantedWorker;
import dev.slipway.build.scheduler.StoredBuild.Order;
import dev.slipway.build.scheduler.StoredBuild.Origin;
import dev.slipway.events.AssignmentEvent.PlatformBuildAssigned;
import dev.slipway.events.AssignmentEvent.PlatformBuildRevoked;
import dev.slipway.events.Event;
import dev.slipway.events.ProgressEvent.PlatformBuildWaiting;
import dev.slipway.events.QueueEvent.PlatformBuildCancelled;
import dev.slipway.events.QueueEvent.PlatformBuildQueued;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.Topic;
import dev.slipway.events.WorkerEvent.WorkerStatus;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.events.OutgoingEvent;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.RecordPosition;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.kit.tracing.StageSpans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Feeds the core with what the topics say, keeps its entries, and sends its assignments. */
final class SchedulerProcessor implements Processor<String, byte[], String, byte[]> {
    private static final Logger LOG = Logger.getLogger(SchedulerProcessor.class);

    /** An assignment adds to what was queued, and must fit into a record too. */
    private static final int MAX_QUEUED_BYTES = Topic.MAX_RECORD_BYTES - 64 * 1024;

    private final EventReader reader = new EventReader();
    private final EventWriter writer;
    private final StageSpans spans;
    private final Patience patience;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    private ProcessorContext<String, byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private QueueStore store;

    @SuppressWarnings("NullAway.Init")
    private AssignBuilds scheduler;

    SchedulerProcessor(EventWriter writer, StageSpans spans, Patience patience) {
        this.writer = writer;
        this.spans = spans;
        this.patience = patience;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> newContext) {
        context = newContext;
        store = new QueueStore(newContext.getStateStore(SchedulerTopology.STORE));
        scheduler = new AssignBuilds(
                patience, store.all().stream().map(StoredBuild::toEntry).toList(), now());
        context.schedule(Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, time -> decide(new Change.Ticked()));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordPosition at = context.recordMetadata()
                .map(data -> new RecordPosition(data.topic(), data.partition(), data.offset()))
                .orElseThrow(() -> new IllegalStateException("a record without a position"));
        try {
            Received<?> received = reader.read(at.topic(), record.headers(), record.value());
            take(received, at, record.value());
        } catch (MalformedEventException e) {
            deadLetter(record, at, e.reason(), e);
        } catch (IllegalArgumentException e) {
            deadLetter(record, at, String.valueOf(e.getMessage()), e);
        }
    }

    private void take(Received<?> received, RecordPosition at, byte[] value) throws MalformedEventException {
        Event event = received.event();
        switch (event) {
            case PlatformBuildQueued queued -> queue(received, queued, at, value);
            case PlatformBuildCancelled cancelled ->
                decide(new Change.Cancelled(new BuildKey(cancelled.buildId(), cancelled.platform())));
            case WorkerStatus status -> decide(new Change.Reported(StatusTranslation.toReport(status)));
            default ->
                throw new MalformedEventException("event type '%s' does not belong on topic '%s'"
                        .formatted(received.envelope().type(), at.topic()));
        }
    }

    private void queue(Received<?> received, PlatformBuildQueued queued, RecordPosition at, byte[] value)
            throws MalformedEventException {
        if (value.length > MAX_QUEUED_BYTES) {
            throw new MalformedEventException(
                    "a platform build of %d bytes leaves no room for its assignment".formatted(value.length));
        }
        BuildKey key = new BuildKey(queued.buildId(), queued.platform());
        if (scheduler.entry(key).isPresent()) {
            return;
        }
        BuildRequested request = queued.plan().request();
        QueuedBuild build = new QueuedBuild(
                key,
                at.offset(),
                new WantedWorker(request.pool(), request.workerLabels()),
                queued.plan().builder(),
                queued.plan().tenant(),
                request.priority());
        Fresh fresh = new Fresh(
                new Origin(
                        received.envelope().trace().value(), received.envelope().id()),
                new Order(
                        queued.plan(),
                        received.envelope().hop().map(TraceParent::value).orElse(null),
                        now()));
        decide(new Change.Queued(build), fresh);
    }

    /** What is stored of a build with its first entry. */
    private record Fresh(Origin origin, Order order) {}

    private void decide(Change change) {
        decide(change, null);
    }

    /** Keeps first, sends then: an assignment that was kept and never sent is missed within seconds, and made again. */
    private void decide(Change change, @Nullable Fresh fresh) {
        Decisions decisions = scheduler.decide(change, now());
        decisions.changed().forEach(key -> keep(key, fresh));
        decisions.assignments().forEach(this::send);
        decisions.revocations().forEach(this::send);
        decisions.places().forEach(this::send);
    }

    private void keep(BuildKey key, @Nullable Fresh fresh) {
        Optional<QueueEntry> entry = scheduler.entry(key);
        Optional<StoredBuild> kept = store.find(key);
        if (entry.isEmpty()) {
            store.delete(key);
        } else if (kept.isPresent()) {
            store.put(
                    StoredBuild.of(entry.get(), kept.get().origin(), kept.get().order()));
        } else if (fresh != null) {
            store.put(StoredBuild.of(entry.get(), fresh.origin(), fresh.order()));
        }
    }

    private void send(Assignment assignment) {
        BuildKey key = assignment.run().key();
        StoredBuild build = stored(key);
        Order order = build.order();
        if (order == null) {
            throw new IllegalStateException("no order is kept for " + key);
        }
        Cause cause = cause(key, build.origin());
        Span span = spans.span("schedule platform build", cause, TraceParent.read(order.hop()))
                .setStartTimestamp(order.queuedAt())
                .setAttribute("slipway.platform", key.platform())
                .setAttribute("slipway.worker", assignment.worker())
                .setAttribute("slipway.attempt", assignment.run().attempt())
                .setAttribute("slipway.epoch", assignment.run().epoch())
                .setAttribute("slipway.emulated", assignment.emulated())
                .startSpan();
        try {
            PlatformBuildAssigned fact = new PlatformBuildAssigned(
                    key.buildId(),
                    key.platform(),
                    assignment.worker(),
                    assignment.incarnation(),
                    assignment.run().attempt(),
                    assignment.run().epoch(),
                    assignment.emulated(),
                    order.plan());
            forward(writer.fact(fact, cause, span.getSpanContext()), SchedulerTopology.ASSIGNED);
            LOG.infof(
                    "slipway.assigned slipway.build.id=%s slipway.platform=%s slipway.worker=%s slipway.attempt=%d",
                    key.buildId(),
                    key.platform(),
                    assignment.worker(),
                    assignment.run().attempt());
        } finally {
            span.end();
        }
    }

    private StoredBuild stored(BuildKey key) {
        return store.find(key).orElseThrow(() -> new IllegalStateException("nothing is kept of " + key));
    }

    private static Cause cause(BuildKey key, Origin origin) {
        return new Cause(key.buildId(), new TraceParent(origin.trace()), origin.causedBy());
    }

    private void send(Revocation revocation) {
        Run run = revocation.run();
        Cause cause = cause(run.key(), stored(run.key()).origin());
        PlatformBuildRevoked fact = new PlatformBuildRevoked(
                run.key().buildId(),
                run.key().platform(),
                revocation.worker(),
                revocation.incarnation(),
                run.epoch(),
                "nobody waits for it any more");
        forward(writer.fact(fact, cause, SpanContext.getInvalid()), SchedulerTopology.ASSIGNED);
        LOG.infof(
                "slipway.revoked slipway.build.id=%s slipway.platform=%s slipway.worker=%s",
                fact.buildId(), fact.platform(), fact.worker());
    }

    private void send(Place place) {
        BuildKey key = place.key();
        PlatformBuildWaiting fact = new PlatformBuildWaiting(
                key.buildId(), key.platform(), place.pool(), place.position(), place.waiting(), place.since(), now());
        Cause cause = cause(key, stored(key).origin());
        forward(writer.fact(fact, cause, SpanContext.getInvalid()), SchedulerTopology.PROGRESS);
    }

    private void deadLetter(Record<String, byte[]> record, RecordPosition at, String reason, Exception cause) {
        LOG.warnf(
                "slipway.dead_letter topic=%s partition=%d offset=%d reason=%s",
                at.topic(), at.partition(), at.offset(), reason);
        forward(
                writer.deadLetter(at, record.key(), record.headers(), record.value(), reason, Optional.of(cause)),
                SchedulerTopology.DEAD_LETTERS);
    }

    @SuppressWarnings("NullAway") // a record without key or value is legal in Kafka
    private void forward(OutgoingEvent event, String sink) {
        context.forward(
                new Record<>(event.key().orElse(null), event.value(), context.currentSystemTimeMs(), event.headers()),
                sink);
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
