package dev.slipway.build.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.kafka.Examples;
import dev.slipway.build.queue.Patience;
import dev.slipway.events.AssignmentEvent;
import dev.slipway.events.AssignmentEvent.PlatformBuildAssigned;
import dev.slipway.events.AssignmentEvent.PlatformBuildRevoked;
import dev.slipway.events.Fact;
import dev.slipway.events.QueueEvent.PlatformBuildCancelled;
import dev.slipway.events.QueueEvent.PlatformBuildQueued;
import dev.slipway.events.Topic;
import dev.slipway.events.model.RunningBuild;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.events.OutgoingEvent;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.tracing.DerivedIds;
import dev.slipway.kit.tracing.StageSpans;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulerTopologyTest {
    private static final String BUILD = Examples.buildId("one");

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final SdkTracerProvider tracing = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exported))
            .build();
    private final EventWriter writer =
            new EventWriter("/slipway/build-service", Clock.fixed(Examples.REQUESTED_AT, ZoneOffset.UTC));
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> queue;
    private TestInputTopic<String, byte[]> statuses;
    private TestOutputTopic<String, byte[]> assigned;
    private TestOutputTopic<String, byte[]> progress;
    private TestOutputTopic<String, byte[]> deadLetters;

    @BeforeEach
    void start() {
        Properties properties = new Properties();
        properties.put("application.id", "test");
        properties.put("bootstrap.servers", "none:1");
        driver = new TopologyTestDriver(
                SchedulerTopology.of(writer, new StageSpans(tracing.get("test"), new DerivedIds()), Patience.DEFAULT),
                properties,
                Examples.REQUESTED_AT);
        queue = input(Topic.PLATFORM_BUILD_QUEUED);
        statuses = input(Topic.WORKER_STATUS);
        assigned = output(Topic.PLATFORM_BUILD_ASSIGNED);
        progress = output(Topic.BUILD_PROGRESS);
        deadLetters = output(Topic.DEAD_LETTER);
    }

    @AfterEach
    void stop() {
        driver.close();
        tracing.close();
    }

    @Test
    void assignsAQueuedBuildWithItsPlanAndTrace() {
        report("w", 1, List.of(), List.of());

        queue(BUILD, "linux/amd64");

        Received<AssignmentEvent> received = assignments().getFirst();
        assertThat(received.event()).isInstanceOfSatisfying(PlatformBuildAssigned.class, assignment -> {
            assertThat(assignment.worker()).isEqualTo("w");
            assertThat(assignment.incarnation()).isEqualTo(1);
            assertThat(assignment.attempt()).isEqualTo(1);
            assertThat(assignment.plan()).isEqualTo(Examples.plan("linux/amd64"));
        });
        assertThat(received.envelope().trace()).isEqualTo(Examples.cause(BUILD).trace());
        assertThat(received.buildId()).isEqualTo(BUILD);
    }

    @Test
    void writesASpanFromQueuedToAssigned() {
        queue(BUILD, "linux/amd64");
        driver.advanceWallClockTime(Duration.ofSeconds(3));

        report("w", 1, List.of(), List.of());

        SpanData span = exported.getFinishedSpanItems().getFirst();
        assertThat(span.getName()).isEqualTo("schedule platform build");
        assertThat(span.getTraceId()).isEqualTo(Examples.cause(BUILD).trace().traceId());
        assertThat(span.getStartEpochNanos()).isEqualTo(Examples.REQUESTED_AT.toEpochMilli() * 1_000_000);
        assertThat(assignments().getFirst().envelope().hop())
                .hasValueSatisfying(hop -> assertThat(hop.spanId()).isEqualTo(span.getSpanId()));
    }

    @Test
    void reassignsWhenAWorkerFallsSilent() {
        report("dead", 1, List.of(), List.of());
        queue(BUILD, "linux/amd64");
        report("other", 1, List.of(), List.of());
        assignments();

        for (int second = 0; second < 7; second++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            report("other", 1, List.of(), List.of());
        }

        assertThat(assignments())
                .singleElement()
                .satisfies(received -> assertThat(received.event())
                        .isInstanceOfSatisfying(PlatformBuildAssigned.class, assignment -> {
                            assertThat(assignment.worker()).isEqualTo("other");
                            assertThat(assignment.attempt()).isEqualTo(2);
                        }));
    }

    @Test
    void keepsNoPlanOfAFinishedBuild() {
        report("w", 1, List.of(), List.of());
        queue(BUILD, "linux/amd64");
        PlatformBuildAssigned assignment =
                (PlatformBuildAssigned) assignments().getFirst().event();

        report("w", 1, List.of(), List.of(new RunningBuild(BUILD, "linux/amd64", 1, assignment.epoch())));

        byte[] kept =
                driver.<String, byte[]>getKeyValueStore(SchedulerTopology.STORE).get(BUILD + "/linux/amd64");
        assertThat(new String(kept, UTF_8)).contains("OVER").doesNotContain("plan");
    }

    @Test
    void neverAssignsACancelledBuild() {
        queue(BUILD, "linux/amd64");
        send(queue, new PlatformBuildCancelled(BUILD, "linux/amd64", "nobody waits"), Examples.cause(BUILD));

        report("w", 1, List.of(), List.of());

        assertThat(assigned.isEmpty()).isTrue();
    }

    @Test
    void takesACancelledBuildBackFromItsWorkerUntilThatHasHeardIt() {
        report("w", 1, List.of(), List.of());
        queue(BUILD, "linux/amd64");
        PlatformBuildAssigned assignment =
                (PlatformBuildAssigned) assignments().getFirst().event();
        RunningBuild running = new RunningBuild(BUILD, "linux/amd64", 1, assignment.epoch());
        report("w", 1, List.of(running), List.of());

        send(queue, new PlatformBuildCancelled(BUILD, "linux/amd64", "nobody waits"), Examples.cause(BUILD));
        report("w", 1, List.of(running), List.of());
        report("w", 1, List.of(), List.of());

        assertThat(assignments()).hasSize(2).allSatisfy(received -> {
            assertThat(received.event()).isInstanceOfSatisfying(PlatformBuildRevoked.class, revoked -> {
                assertThat(revoked.worker()).isEqualTo("w");
                assertThat(revoked.epoch()).isEqualTo(assignment.epoch());
            });
            assertThat(received.envelope().trace())
                    .isEqualTo(Examples.cause(BUILD).trace());
        });
    }

    @Test
    void tellsAWaitingBuildItsPlaceInTheLogOfItsProgress() {
        report("w", 1, List.of(), List.of());
        queue(BUILD, "linux/amd64");
        queue(Examples.buildId("two"), "linux/amd64");

        driver.advanceWallClockTime(Duration.ofSeconds(2));

        TestRecord<String, byte[]> said = progress.readRecord();
        assertThat(progress.isEmpty()).isTrue();
        assertThat(said.getKey()).isEqualTo(Examples.buildId("two"));
        assertThat(new String(said.getValue(), UTF_8)).contains("\"position\":1", "\"waiting\":1");
        assertThat(new String(said.getHeaders().lastHeader("ce_type").value(), UTF_8))
                .isEqualTo("dev.slipway.platform-build.waiting.v1");
    }

    @Test
    void takesTenTenantsWithUnequalLoadInTurn() {
        List<Queued> queued = new ArrayList<>();
        for (int tenant = 0; tenant < 10; tenant++) {
            int builds = tenant == 0 ? 100 : tenant;
            for (int i = 0; i < builds; i++) {
                queued.add(new Queued("tenant-" + tenant, Examples.buildId(tenant + "/" + i)));
            }
        }
        queued.forEach(build -> send(
                queue,
                new PlatformBuildQueued(build.id(), "linux/amd64", Examples.planOf(build.tenant(), "linux/amd64")),
                Examples.cause(build.id())));
        Map<String, Integer> lastAt = new HashMap<>();

        List<RunningBuild> done = List.of();
        for (int turn = 0; turn < queued.size(); turn++) {
            report("w", 1, List.of(), done);
            PlatformBuildAssigned next =
                    (PlatformBuildAssigned) assignments().getFirst().event();
            lastAt.put(next.plan().tenant(), turn + 1);
            done = List.of(new RunningBuild(next.buildId(), "linux/amd64", 1, next.epoch()));
        }

        for (int tenant = 1; tenant < 10; tenant++) {
            assertThat(lastAt.get("tenant-" + tenant))
                    .as("slots given until the %d builds of tenant %d had theirs", tenant, tenant)
                    .isLessThanOrEqualTo(tenant * 10);
        }
        assertThat(lastAt).containsEntry("tenant-0", queued.size());
    }

    private record Queued(String tenant, String id) {}

    @Test
    void putsWhatItCannotReadAsideAndGoesOn() {
        queue.pipeInput(new TestRecord<>("k", "no event".getBytes(UTF_8), new RecordHeaders()));
        report("w", 1, List.of(), List.of());
        queue(BUILD, "nowhere/z80");
        queue(BUILD, "linux/amd64");

        assertThat(assignments()).hasSize(1);
        assertThat(deadLetters.readRecordsToList())
                .extracting(record -> new String(
                        record.getHeaders().lastHeader("dead-letter-reason").value(), UTF_8))
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("not a CloudEvent"),
                        reason -> assertThat(reason).contains("nowhere"));
    }

    private void queue(String buildId, String platform) {
        send(queue, new PlatformBuildQueued(buildId, platform, Examples.plan(platform)), Examples.cause(buildId));
    }

    private void report(String worker, long incarnation, List<RunningBuild> running, List<RunningBuild> finished) {
        OutgoingEvent event = writer.fact(Examples.status(worker, incarnation, 1, running, finished));
        statuses.pipeInput(new TestRecord<>(worker, event.value(), event.headers()));
    }

    private void send(TestInputTopic<String, byte[]> topic, Fact fact, Cause cause) {
        OutgoingEvent event = writer.fact(fact, cause, SpanContext.getInvalid());
        topic.pipeInput(new TestRecord<>(cause.buildId(), event.value(), event.headers()));
    }

    private List<Received<AssignmentEvent>> assignments() {
        List<Received<AssignmentEvent>> events = new ArrayList<>();
        for (TestRecord<String, byte[]> record : assigned.readRecordsToList()) {
            try {
                events.add(new EventReader()
                        .read(
                                Topic.PLATFORM_BUILD_ASSIGNED.topicName(),
                                record.getHeaders(),
                                record.getValue(),
                                AssignmentEvent.class));
            } catch (MalformedEventException e) {
                throw new AssertionError(e);
            }
        }
        return events;
    }

    private TestInputTopic<String, byte[]> input(Topic topic) {
        return driver.createInputTopic(topic.topicName(), new StringSerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<String, byte[]> output(Topic topic) {
        return driver.createOutputTopic(topic.topicName(), new StringDeserializer(), new ByteArrayDeserializer());
    }
}
