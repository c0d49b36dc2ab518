package dev.slipway.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventSourceTest {
    @Test
    void readsEventsWithIdNameAndData() throws IOException {
        assertThat(read("id: 1\nevent: a\ndata: x\n\nid: 2\nevent: b\ndata: y\n\n"))
                .containsExactly(new ServerSentEvent("1", "a", "x"), new ServerSentEvent("2", "b", "y"));
    }

    @Test
    void joinsLinesOfData() throws IOException {
        assertThat(read("data: {\ndata:  \"a\": 1\ndata: }\n\n"))
                .extracting(ServerSentEvent::data)
                .containsExactly("{\n \"a\": 1\n}");
    }

    @Test
    void passesOverCommentsAndUnknownFields() throws IOException {
        assertThat(read(": still here\n\nretry: 100\nfoo: bar\ndata: x\n\n: bye\n\n"))
                .containsExactly(new ServerSentEvent("", "", "x"));
    }

    @Test
    void keepsTheLastIdForEventsWithoutOne() throws IOException {
        assertThat(read("id: 7\ndata: x\n\ndata: y\n\n"))
                .extracting(ServerSentEvent::id)
                .containsExactly("7", "7");
    }

    @Test
    void readsLinesThatEndInCarriageReturns() throws IOException {
        assertThat(read("id:1\r\ndata:x\r\n\r\n")).containsExactly(new ServerSentEvent("1", "", "x"));
    }

    @Test
    void dropsAnEventThatTheEndCutsOff() throws IOException {
        assertThat(read("data: x\n\nid: 2\ndata: half")).hasSize(1);
    }

    private static List<ServerSentEvent> read(String stream) throws IOException {
        List<ServerSentEvent> events = new ArrayList<>();
        try (EventSource source = new EventSource(new ByteArrayInputStream(stream.getBytes(UTF_8)))) {
            for (Optional<ServerSentEvent> next = source.next(); next.isPresent(); next = source.next()) {
                events.add(next.get());
            }
        }
        return events;
    }
}
