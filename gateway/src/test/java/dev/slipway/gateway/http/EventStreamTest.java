package dev.slipway.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.gateway.builds.EventCursor;
import dev.slipway.gateway.builds.EventCursor.Step;
import dev.slipway.gateway.builds.LogPosition;
import dev.slipway.gateway.builds.LogPosition.Partition;
import dev.slipway.gateway.builds.LoggedEvent;
import dev.slipway.gateway.http.EventStream.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final LoggedEvent EVENT = new LoggedEvent(
            new Partition("topic", 0),
            7,
            "/test 1",
            "dev.slipway.build.planned.v1",
            "b",
            Instant.EPOCH,
            "t",
            "{\"id\":\"1\"}",
            Optional.empty());
    private static final Step.Event STEP = new Step.Event(EVENT, LogPosition.START.after(EVENT.at(), EVENT.offset()));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void writesServerSentEventsAndSignsOfLife() throws IOException {
        Script cursor = new Script(new Step.Quiet(), STEP, new Step.Ended());

        new EventStream(cursor, Format.SERVER_SENT_EVENTS, event -> true, true).write(out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("retry: 1000\n\n:\n\nid: %s\nevent: dev.slipway.build.planned.v1\ndata: {\"id\":\"1\"}\n\n"
                        .formatted(STEP.position().text()));
        assertThat(cursor.closed).isEqualTo(1);
    }

    @Test
    void writesLines() throws IOException {
        new EventStream(new Script(STEP, STEP, new Step.Ended()), Format.LINES, event -> true, true).write(out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"1\"}\n{\"id\":\"1\"}\n");
    }

    @Test
    void passesOverWhatIsNotWanted() throws IOException {
        new EventStream(new Script(STEP, new Step.Ended()), Format.LINES, event -> false, true).write(out);

        assertThat(out.size()).isZero();
    }

    @Test
    void endsWhereNothingIsAndNobodyWaits() throws IOException {
        Script cursor = new Script(STEP, new Step.Quiet(), STEP);

        new EventStream(cursor, Format.LINES, event -> true, false).write(out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"1\"}\n");
        assertThat(cursor.closed).isEqualTo(1);
    }

    @Test
    void closesTheCursorWhenTheClientLeaves() {
        Script cursor = new Script(STEP);
        EventStream stream = new EventStream(cursor, Format.LINES, event -> true, true);

        assertThatThrownBy(() -> stream.write(new Gone())).isInstanceOf(IOException.class);
        stream.stop();

        assertThat(cursor.closed).isEqualTo(1);
    }

    @Test
    void closesACursorThatWasNeverRead() throws IOException {
        Script cursor = new Script(STEP);
        EventStream stream = new EventStream(cursor, Format.LINES, event -> true, true);

        stream.stop();
        stream.write(out);

        assertThat(cursor.closed).isEqualTo(1);
        assertThat(out.size()).isZero();
    }

    @Test
    void serverSentEventsAreTheDefault() {
        assertThat(Format.of(null)).isEqualTo(Format.SERVER_SENT_EVENTS);
        assertThat(Format.of("text/event-stream")).isEqualTo(Format.SERVER_SENT_EVENTS);
        assertThat(Format.of("application/x-NDJSON, */*;q=0.1")).isEqualTo(Format.LINES);
    }

    /** Gives one step after the other. */
    private static final class Script implements EventCursor {
        private final Queue<Step> steps;
        private int closed;

        Script(Step... steps) {
            this.steps = new ArrayDeque<>(List.of(steps));
        }

        @Override
        public Step next(Duration patience) {
            return steps.remove();
        }

        @Override
        public void stop() {
            steps.clear();
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private static final class Gone extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("the connection was closed");
        }
    }
}
