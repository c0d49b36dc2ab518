package dev.slipway.build.embedded.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerContentsTest {
    private static final Digest ONE = Digest.of("one".getBytes(UTF_8));
    private static final Digest TWO = Digest.of("two".getBytes(UTF_8));

    @TempDir
    private Path directory;

    private final AtomicInteger fetched = new AtomicInteger();

    @Test
    void opensAFileAsOftenAsWantedAndFetchesTheLayerOnce() throws IOException {
        try (LayerContents contents = new LayerContents(directory, 1_000_000)) {
            LayerContents.PlainTar tar = tar(new Tars().file("./a", "first").file("b", "second"));

            assertThat(read(contents, ONE, "b", tar)).isEqualTo("second");
            assertThat(read(contents, ONE, "a", tar)).isEqualTo("first");
            assertThat(read(contents, ONE, "a", tar)).isEqualTo("first");
            assertThat(fetched).hasValue(1);
        }
    }

    @Test
    void fetchesALayerOnceForAllWhoWantItAtTheSameTime() throws Exception {
        LayerContents.PlainTar tar = tar(new Tars().file("a", "x"));
        try (LayerContents contents = new LayerContents(directory, 1_000_000);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> readers = IntStream.range(0, 20)
                    .<Callable<String>>mapToObj(i -> () -> read(contents, ONE, "a", tar))
                    .toList();

            for (Future<String> reader : executor.invokeAll(readers)) {
                assertThat(reader.get()).isEqualTo("x");
            }
        }
        assertThat(fetched).hasValue(1);
    }

    @Test
    void deletesTheLeastUsedAndFetchesItAgain() throws IOException {
        LayerContents.PlainTar one = tar(new Tars().file("a", "1".repeat(20_000)));
        LayerContents.PlainTar two = tar(new Tars().file("a", "2".repeat(20_000)));
        try (LayerContents contents = new LayerContents(directory, 30_000)) {
            try (InputStream open = contents.open(ONE, "a", one)) {
                assertThat(read(contents, TWO, "a", two)).startsWith("2");
                assertThat(files()).hasSize(1);
                assertThat(open.readAllBytes()).hasSize(20_000);
            }

            assertThat(read(contents, ONE, "a", one)).startsWith("1");
            assertThat(fetched).hasValue(3);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingBehindWhereFetchingFails() throws IOException {
        try (LayerContents contents = new LayerContents(directory, 1_000_000)) {
            assertThatIOException()
                    .isThrownBy(() -> contents.open(ONE, "a", () -> {
                        throw new IOException("reset");
                    }))
                    .withMessage("reset");

            assertThat(files()).isEmpty();
            assertThat(read(contents, ONE, "a", tar(new Tars().file("a", "x")))).isEqualTo("x");
        }
    }

    @Test
    void saysWhichFileIsNotThere() throws IOException {
        try (LayerContents contents = new LayerContents(directory, 1_000_000)) {
            assertThatIOException()
                    .isThrownBy(() -> contents.open(ONE, "b", tar(new Tars().file("a", "x"))))
                    .withMessage("'b' is not in layer " + ONE);
        }
    }

    @Test
    void doesNotKeepAnInterruptedThreadWaiting() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        LayerContents.PlainTar slow = () -> {
            started.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
            return tar(new Tars().file("a", "x")).open();
        };
        try (LayerContents contents = new LayerContents(directory, 1_000_000);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> fetching = executor.submit(() -> read(contents, ONE, "a", slow));
            started.await();
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread waiting = Thread.ofVirtual()
                    .start(() -> failure.complete(catchThrowable(() -> contents.open(ONE, "a", slow))));

            // another layer needs no turn
            assertThat(read(contents, TWO, "a", tar(new Tars().file("a", "y")))).isEqualTo("y");
            waiting.interrupt();
            assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
            goOn.countDown();

            assertThat(fetching.get()).isEqualTo("x");
        }
        assertThat(files()).isEmpty();
    }

    private LayerContents.PlainTar tar(Tars entries) {
        byte[] bytes = entries.bytes();
        return () -> {
            fetched.incrementAndGet();
            return new ByteArrayInputStream(bytes);
        };
    }

    private static String read(LayerContents contents, Digest layer, String path, LayerContents.PlainTar tar)
            throws IOException {
        try (InputStream in = contents.open(layer, path, tar)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
