package dev.slipway.build.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.slipway.oci.BlobSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptSourceTest {
    @TempDir
    private Path directory;

    private final AtomicInteger fetched = new AtomicInteger();

    private InputStream fetch() {
        fetched.incrementAndGet();
        return new ByteArrayInputStream("content".getBytes(UTF_8));
    }

    @Test
    void fetchesNothingBeforeItIsOpened() {
        assertThat(new KeptSource(this::fetch, directory)).isNotNull();

        assertThat(fetched).hasValue(0);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void fetchesOnceForAllReaders() throws Exception {
        KeptSource source = new KeptSource(this::fetch, directory);
        List<Callable<String>> readers = IntStream.range(0, 20)
                .<Callable<String>>mapToObj(i -> () -> read(source))
                .toList();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> reader : executor.invokeAll(readers)) {
                assertThat(reader.get()).isEqualTo("content");
            }
        }
        assertThat(fetched).hasValue(1);
    }

    @Test
    void isReadWhileItIsFetched() throws IOException {
        PipedOutputStream rest = new PipedOutputStream();
        KeptSource source = new KeptSource(() -> new PipedInputStream(rest, 1024 * 1024), directory);
        try (InputStream in = source.open()) {
            rest.write(new byte[512 * 1024]);
            rest.flush();

            assertThat(in.readNBytes(256 * 1024)).hasSize(256 * 1024);

            rest.close();
            assertThat(in.readAllBytes()).hasSize(256 * 1024);
        }
    }

    @Test
    void leavesNoFile() throws IOException {
        KeptSource source = new KeptSource(this::fetch, directory);
        assertThat(read(source)).isEqualTo("content");

        source.close();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void fetchesAgainWhereItFailed() throws IOException {
        BlobSource failsFirst = () -> {
            if (fetched.getAndIncrement() == 0) {
                throw new IOException("reset");
            }
            return new ByteArrayInputStream("content".getBytes(UTF_8));
        };
        KeptSource source = new KeptSource(failsFirst, directory);

        assertThatIOException().isThrownBy(() -> read(source)).havingCause().withMessage("reset");
        assertThat(read(source)).isEqualTo("content");
    }

    private static String read(BlobSource source) throws IOException {
        try (InputStream in = source.open()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
