package dev.slipway.kit.handling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.events.Fact;
import dev.slipway.events.ProgressEvent;
import dev.slipway.events.ProgressEvent.BuildCancelled;
import dev.slipway.events.ProgressEvent.BuildRejected;
import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.OutgoingEvent;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.kit.metrics.Meters;
import dev.slipway.kit.tracing.DerivedIds;
import dev.slipway.kit.tracing.StageSpans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EventHandlingTest {
    private static final BuildCancelled EVENT = new BuildCancelled("b", "stop");
    private static final BuildRejected END = new BuildRejected("b", List.of());
    private static final TraceParent TRACE = new TraceParent("00-11111111111111111111111111111111-2222222222222222-01");

    private final RecordingPublisher bus = new RecordingPublisher();
    private final EventWriter writer = new EventWriter("/slipway/test", Clock.systemUTC());
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventHandling handling = new EventHandling(
            writer,
            bus,
            new StageSpans(
                    SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(spans))
                            .build()
                            .get("test"),
                    new DerivedIds()),
            new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2), 100),
            new Meters(meters));

    private static class Probe implements Stage<ProgressEvent> {
        final List<ProgressEvent> calls = new ArrayList<>();
        Consumer<Integer> work = call -> {};
        Supplier<List<Fact>> end = () -> List.of(END);

        @Override
        public String name() {
            return "probe";
        }

        @Override
        public Class<ProgressEvent> events() {
            return ProgressEvent.class;
        }

        @Override
        public void handle(Received<ProgressEvent> received) {
            calls.add(received.event());
            work.accept(calls.size());
        }

        @Override
        public List<Fact> givenUp(Received<ProgressEvent> received, RuntimeException last) {
            return end.get();
        }
    }

    private final Probe probe = new Probe();

    @Test
    void handsTheEventToTheStage() {
        handling.handle(record(), probe);

        assertThat(probe.calls).containsExactly(EVENT);
        assertThat(bus.sent).isEmpty();
    }

    @Test
    void measuresHowLongAnEventWaitedAndHowItEnded() {
        probe.work = failing(99);
        handling.handle(record(), probe);
        probe.calls.clear();
        probe.work = failing(2);
        handling.handle(record(), probe);

        assertThat(meters.get("slipway.stage.duration")
                        .tags("stage", "probe", "result", "done")
                        .timer()
                        .count())
                .isOne();
        assertThat(meters.get("slipway.stage.duration")
                        .tags("stage", "probe", "result", "failed")
                        .timer()
                        .count())
                .isOne();
        assertThat(meters.get("slipway.stage.failed.attempts").counter().count())
                .isEqualTo(2 + 3);
        assertThat(meters.get("slipway.stage.queue").timer().count()).isEqualTo(2);
    }

    @Test
    void triesAgainInPlace() {
        probe.work = failing(2);

        handling.handle(record(), probe);

        assertThat(probe.calls).hasSize(3);
        assertThat(bus.sent).isEmpty();
        assertThat(bus.facts).isEmpty();
    }

    @Test
    void endsTheBuildAndKeepsTheRecordWhenItGivesUp() {
        probe.work = failing(99);

        handling.handle(record(), probe);

        assertThat(probe.calls).hasSize(3);
        assertThat(bus.facts).containsExactly(END);
        assertThat(bus.sent).singleElement().satisfies(letter -> {
            assertThat(letter.topic()).isEqualTo("slipway.dead-letter");
            assertThat(header(letter, "dead-letter-reason")).isEqualTo("probe failed 3 times: call 3 failed");
            assertThat(header(letter, "dead-letter-cause")).isEqualTo("java.lang.IllegalStateException");
            assertThat(header(letter, "dead-letter-topic")).isEqualTo("slipway.build.progress");
            assertThat(header(letter, "dead-letter-partition")).isEqualTo("2");
            assertThat(header(letter, "dead-letter-offset")).isEqualTo("7");
        });
        assertThat(span().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void handlesAReplayOfWhatItHasGivenUp() {
        probe.work = failing(3);
        handling.handle(record(), probe);

        handling.handle(record(), probe);

        assertThat(probe.calls).hasSize(4);
    }

    @Test
    void waitsOutABusThatIsDown() {
        bus.downFor = 10;
        probe.work = call -> bus.publish(new Cause("b", TRACE, "e"), END);

        handling.handle(record(), probe);

        assertThat(probe.calls).hasSize(11);
        assertThat(bus.facts).containsExactly(END);
        assertThat(bus.sent).isEmpty();
    }

    @Test
    void waitsOutABusThatIsDownWhenItGivesUp() {
        bus.downFor = 10;
        probe.work = failing(99);

        handling.handle(record(), probe);

        assertThat(bus.facts).containsExactly(END);
        assertThat(bus.sent).hasSize(1);
    }

    @Test
    void waitsForTheBusWhereGivingUpNeedsIt() {
        probe.work = failing(99);
        bus.downFor = 2;
        probe.end = () -> {
            bus.publish(new Cause("b", TRACE, "e"), List.of());
            return List.of(END);
        };

        handling.handle(record(), probe);

        assertThat(bus.facts).containsExactly(END);
        assertThat(bus.sent).hasSize(1);
    }

    @Test
    void goesOnWhereEvenGivingUpFails() {
        probe.work = failing(99);
        probe.end = () -> {
            throw new IllegalStateException("a defect of the stage");
        };

        handling.handle(record(), probe);

        assertThat(bus.facts).isEmpty();
        assertThat(bus.sent).hasSize(1);
    }

    @Test
    void leavesTheRecordUncommittedWhenInterruptedWhileTheBusIsDown() {
        bus.downFor = Integer.MAX_VALUE;
        probe.work = call -> {
            Thread.currentThread().interrupt();
            bus.publish(new Cause("b", TRACE, "e"), END);
        };

        assertThatThrownBy(() -> handling.handle(record(), probe)).isInstanceOf(BusUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void dropsWhatItHasHandled() {
        handling.handle(record(), probe);
        handling.handle(record(), probe);

        assertThat(probe.calls).hasSize(1);
    }

    @Test
    void keepsWhatStagesHaveSeenApart() {
        Probe other = new Probe() {
            @Override
            public String name() {
                return "other";
            }
        };

        handling.handle(record(), probe);
        handling.handle(record(), other);

        assertThat(other.calls).hasSize(1);
    }

    @Test
    void putsAMalformedRecordAsideAndGoesOn() {
        handling.handle(record("junk".getBytes(UTF_8), new RecordHeaders()), probe);
        handling.handle(record(), probe);

        assertThat(bus.sent).singleElement().satisfies(letter -> {
            assertThat(letter.key()).contains("b");
            assertThat(letter.value()).asString(UTF_8).isEqualTo("junk");
            assertThat(header(letter, "dead-letter-reason")).startsWith("not a CloudEvent");
        });
        assertThat(probe.calls).containsExactly(EVENT);
    }

    @Test
    void putsARecordWithoutValueAside() {
        handling.handle(record(null, new RecordHeaders()), probe);

        assertThat(bus.sent).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isNull();
            assertThat(header(letter, "dead-letter-reason")).isEqualTo("the record has no value");
        });
    }

    @Test
    void opensOneSpanOfTheRequestForAllAttempts() {
        probe.work = failing(1);

        handling.handle(record(), probe);

        assertThat(span().getName()).isEqualTo("probe");
        assertThat(span().getTraceId()).isEqualTo(TRACE.traceId());
        assertThat(span().getParentSpanId()).isEqualTo(TRACE.spanId());
        assertThat(span().getEvents())
                .singleElement()
                .satisfies(event -> assertThat(event.getName()).isEqualTo("exception"));
    }

    private SpanData span() {
        assertThat(spans.getFinishedSpanItems()).hasSize(1);
        return spans.getFinishedSpanItems().getFirst();
    }

    private static Consumer<Integer> failing(int calls) {
        return call -> {
            if (call <= calls) {
                throw new IllegalStateException("call " + call + " failed");
            }
        };
    }

    private ConsumerRecord<String, byte[]> record() {
        OutgoingEvent event = writer.fact(EVENT, new Cause("b", TRACE, "e0"), SpanContext.getInvalid());
        return record(event.value(), new RecordHeaders(event.headers()));
    }

    @SuppressWarnings("NullAway") // Kafka allows a record without value
    private static ConsumerRecord<String, byte[]> record(byte @Nullable [] value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                "slipway.build.progress",
                2,
                7,
                0,
                TimestampType.CREATE_TIME,
                1,
                1,
                "b",
                value,
                headers,
                Optional.empty());
    }

    private static String header(OutgoingEvent event, String name) {
        return new String(event.headers().lastHeader(name).value(), UTF_8);
    }
}
