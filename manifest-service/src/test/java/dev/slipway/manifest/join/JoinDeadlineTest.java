package dev.slipway.manifest.join;

import static dev.slipway.manifest.join.Samples.built;
import static dev.slipway.manifest.join.Samples.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.ProgressEvent;
import dev.slipway.events.Topic;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.OutgoingEvent;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.kit.tracing.DerivedIds;
import dev.slipway.kit.tracing.StageSpans;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deadline between the moment it is written and the moment it is read back, which the test driver has no room for. */
final class JoinDeadlineTest {
    private static final String B = "0123456789abcdef0123456789abcdef";
    private static final TraceParent TRACE = new TraceParent("00-11111111111111111111111111111111-2222222222222222-01");

    private final EventWriter writer = new EventWriter("/slipway/test", Clock.systemUTC());
    private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    private final JoinProcessor join = new JoinProcessor(
            writer, new StageSpans(OpenTelemetry.noop().getTracer("test"), new DerivedIds()), JoinDriver.SETTINGS);

    @BeforeEach
    void start() {
        KeyValueStore<String, JoinLog> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(JoinTopology.STORE), Serdes.String(), new JoinLogSerde())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.setCurrentSystemTimeMs(Samples.REQUESTED.toEpochMilli());
        context.setRecordMetadata(Topic.BUILD_PROGRESS.topicName(), 0, 0);
        join.init(context);
    }

    @Test
    void writesADeadlineAndDecidesNothingYet() {
        take(planned(B, List.of("linux/amd64"), List.of()));

        look(Samples.DEADLINE.minusMillis(1));
        assertThat(written()).isEmpty();
        look(Samples.DEADLINE);

        assertThat(written()).containsExactly("slipway.build.progress");
    }

    @Test
    void letsAResultWinThatStandsBeforeTheDeadlineInTheLog() {
        // given
        take(planned(B, List.of("linux/amd64"), List.of()));
        look(Samples.DEADLINE);

        // when
        take(built(B, "linux/amd64", 1));
        take(new ProgressEvent.BuildDeadlinePassed(B, Samples.DEADLINE));

        // then
        assertThat(written()).containsExactly("slipway.build.progress", "slipway.image.assembly-ready");
    }

    @Test
    void repeatsADeadlineThatDoesNotComeBack() {
        take(planned(B, List.of("linux/amd64"), List.of()));
        look(Samples.DEADLINE);

        look(Samples.DEADLINE.plus(Duration.ofSeconds(29)));
        assertThat(written()).hasSize(1);
        look(Samples.DEADLINE.plus(Duration.ofSeconds(30)));

        assertThat(written()).hasSize(2);
    }

    private void take(ProgressEvent event) {
        OutgoingEvent out = writer.fact(event, new Cause(B, TRACE, "e0"), SpanContext.getInvalid());
        join.process(new Record<>(B, out.value(), 0, out.headers()));
    }

    private void look(Instant now) {
        context.setCurrentSystemTimeMs(now.toEpochMilli());
        context.scheduledPunctuators().getFirst().getPunctuator().punctuate(now.toEpochMilli());
    }

    private List<String> written() {
        return context.forwarded().stream()
                .map(forward -> forward.childName().orElseThrow())
                .toList();
    }
}
