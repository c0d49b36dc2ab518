package dev.slipway.build.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.slipway.oci.BlobSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptSourceTest {
    @TempDir
    private Path directory;

    private final AtomicInteger fetched = new AtomicInteger();
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("kept");
    }

    private InputStream fetch() {
        fetched.incrementAndGet();
        return new ByteArrayInputStream("content".getBytes(UTF_8));
    }

    @Test
    void fetchesNothingBeforeItIsOpened() {
        assertThat(new KeptSource(this::fetch, file)).isNotNull();

        assertThat(fetched).hasValue(0);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void fetchesOnceForAllReaders() throws Exception {
        KeptSource source = new KeptSource(this::fetch, file);
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
    void sharesAFileWithAnotherOfTheSameContent() throws IOException {
        KeptSource one = new KeptSource(this::fetch, file);
        KeptSource other = new KeptSource(this::fetch, file);

        try (InputStream open = one.open()) {
            assertThat(read(other)).isEqualTo("content");
            assertThat(new String(open.readAllBytes(), UTF_8)).isEqualTo("content");
        }
    }

    @Test
    void fetchesAgainWhereItFailed() throws IOException {
        BlobSource failsFirst = () -> {
            if (fetched.getAndIncrement() == 0) {
                throw new IOException("reset");
            }
            return new ByteArrayInputStream("content".getBytes(UTF_8));
        };
        KeptSource source = new KeptSource(failsFirst, file);

        assertThatIOException().isThrownBy(source::open).withMessage("reset");
        assertThat(directory).isEmptyDirectory();
        assertThat(read(source)).isEqualTo("content");
    }

    private static String read(BlobSource source) throws IOException {
        try (InputStream in = source.open()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
