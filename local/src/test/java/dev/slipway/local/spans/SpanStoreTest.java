package dev.slipway.local.spans;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpanStoreTest {
    private static final Limits SMALL = new Limits(3, 4, 200, 1000);

    @TempDir
    Path directory;

    @Test
    void keepsSpansOverARestart() throws IOException {
        try (SpanStore store = SpanStore.open(directory, SMALL)) {
            store.append(List.of(span(1, "{\"a\":1}"), span(2, "{\"b\":\"é\"}")));
            store.append(List.of(span(1, "{\"a\":2}")));
        }

        try (SpanStore store = SpanStore.open(directory, SMALL)) {
            assertThat(store.trace(id(1))).containsExactly("{\"a\":1}", "{\"a\":2}");
            assertThat(store.trace(id(2))).containsExactly("{\"b\":\"é\"}");
            assertThat(store.trace(id(3))).isEmpty();
        }
    }

    @Test
    void losesTheTornLineOnly() throws IOException {
        try (SpanStore store = SpanStore.open(directory, SMALL)) {
            store.append(List.of(span(1, "{\"a\":1}")));
        }
        Files.writeString(files().getFirst(), id(1) + " {\"torn", StandardOpenOption.APPEND);

        try (SpanStore store = SpanStore.open(directory, SMALL)) {
            store.append(List.of(span(1, "{\"a\":2}")));
            assertThat(store.trace(id(1))).containsExactly("{\"a\":1}", "{\"a\":2}");
        }
        try (SpanStore store = SpanStore.open(directory, SMALL)) {
            assertThat(store.trace(id(1))).containsExactly("{\"a\":1}", "{\"a\":2}");
        }
    }

    @Test
    void keepsTheLatestTraces() throws IOException {
        try (SpanStore store = SpanStore.open(directory, SMALL)) {
            for (int i = 1; i <= 5; i++) {
                store.append(List.of(span(i, "{}")));
            }

            assertThat(store.trace(id(2))).isEmpty();
            assertThat(store.trace(id(3))).hasSize(1);
            assertThat(store.trace(id(5))).hasSize(1);
        }
    }

    @Test
    void keepsSoManySpansOfATrace() throws IOException {
        try (SpanStore store = SpanStore.open(directory, SMALL)) {
            for (int i = 0; i < 10; i++) {
                store.append(List.of(span(1, "{\"n\":%d}".formatted(i))));
            }

            assertThat(store.trace(id(1))).hasSize(4).last().isEqualTo("{\"n\":3}");
        }
    }

    @Test
    void doesNotGrowBeyondItsLimit() throws IOException {
        try (SpanStore store = SpanStore.open(directory, SMALL)) {
            for (int i = 0; i < 100; i++) {
                store.append(List.of(span(i, "{\"text\":\"%s\"}".formatted("x".repeat(100)))));
            }

            long bytes =
                    files().stream().mapToLong(file -> file.toFile().length()).sum();
            assertThat(bytes).isLessThanOrEqualTo(1000);
            assertThat(store.trace(id(99))).hasSize(1);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static SpanText span(int trace, String json) {
        return new SpanText(id(trace), json);
    }

    private static String id(int trace) {
        return "%032x".formatted(trace);
    }
}
