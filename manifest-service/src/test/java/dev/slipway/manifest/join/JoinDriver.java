package dev.slipway.manifest.join;

import dev.slipway.events.EventIds;
import dev.slipway.events.EventType;
import dev.slipway.events.Fact;
import dev.slipway.events.ProgressEvent;
import dev.slipway.events.Topic;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.events.OutgoingEvent;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.kit.tracing.DerivedIds;
import dev.slipway.kit.tracing.StageSpans;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The join on the topology test driver; what it writes into its own topic is read back on demand. */
final class JoinDriver implements AutoCloseable {
    static final JoinSettings SETTINGS =
            new JoinSettings(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofHours(24));
    private static final TraceParent TRACE = new TraceParent("00-11111111111111111111111111111111-2222222222222222-01");

    final KeptStore store = new KeptStore();
    final InMemorySpanExporter spans = InMemorySpanExporter.create();

    private final EventReader reader = new EventReader();
    private final EventWriter producer = new EventWriter("/slipway/test", Clock.systemUTC());
    private Instant now = Samples.REQUESTED;
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> progress;

    @SuppressWarnings("NullAway") // start sets the rest
    JoinDriver() {
        start();
    }

    private void start() {
        StageSpans stageSpans = new StageSpans(
                SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build()
                        .get("test"),
                new DerivedIds());
        driver = new TopologyTestDriver(
                JoinTopology.of(new EventWriter("/slipway/join", Clock.systemUTC()), stageSpans, SETTINGS, store),
                new Properties(),
                now);
        progress = driver.createInputTopic(
                Topic.BUILD_PROGRESS.topicName(), new StringSerializer(), new ByteArraySerializer());
    }

    /** Another process takes over, with the state as it is in the store. */
    void restart() {
        driver.close();
        start();
    }

    /** Nobody runs the join for a while, then another process takes over. */
    void sleepThenRestart(Duration pause) {
        driver.close();
        now = now.plus(pause);
        start();
    }

    void advance(Duration by) {
        now = now.plus(by);
        driver.advanceWallClockTime(by);
    }

    void pipe(ProgressEvent... events) {
        for (ProgressEvent event : events) {
            pipe(record(event));
        }
    }

    void pipe(TestRecord<String, byte[]> record) {
        progress.pipeInput(record);
    }

    /** The record of an event, sent by a span of its own. */
    TestRecord<String, byte[]> record(ProgressEvent event) {
        SpanContext hop =
                SpanContext.create(TRACE.traceId(), hopOf(event), TraceFlags.getSampled(), TraceState.getDefault());
        OutgoingEvent out = producer.fact(event, new Cause(event.buildId(), TRACE, "e0"), hop);
        return new TestRecord<>(event.buildId(), out.value(), out.headers());
    }

    static String hopOf(ProgressEvent event) {
        return idOf(event).substring(0, 16);
    }

    static String idOf(Fact fact) {
        return EventIds.eventId(EventType.of(fact).ceType(), fact);
    }

    /** What has been written since the last look. */
    List<TestRecord<String, byte[]>> records(Topic topic) {
        return driver.createOutputTopic(topic.topicName(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    List<Fact> facts(Topic topic) {
        List<Fact> facts = new ArrayList<>();
        for (TestRecord<String, byte[]> record : records(topic)) {
            facts.add((Fact) read(topic, record.headers(), record.value()).event());
        }
        return facts;
    }

    Received<?> read(Topic topic, Headers headers, byte @Nullable [] value) {
        try {
            return reader.read(topic.topicName(), headers, value);
        } catch (MalformedEventException e) {
            throw new AssertionError("the join wrote what cannot be read", e);
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
