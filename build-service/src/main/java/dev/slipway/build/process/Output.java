package dev.slipway.build.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what a process prints, and goes on reading where nobody wants it any more, so that the process never waits for it. */
final class Output implements Runnable {
    /** The rest of a longer line is dropped. BuildKit tells of a MiB of output and more in one line of JSON. */
    static final int LONGEST_LINE = 4 * 1024 * 1024;

    private final InputStream in;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile @Nullable RuntimeException failure;

    Output(InputStream in, Consumer<String> lines) {
        this.in = new BufferedInputStream(in);
        this.lines = lines;
    }

    @Override
    public void run() {
        try (in) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    tell();
                } else if (next != '\r' && line.size() < LONGEST_LINE) {
                    line.write(next);
                }
            }
            if (line.size() > 0) {
                tell();
            }
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
        }
    }

    /** What the consumer threw, once the end is reached. */
    void rethrow() {
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    private void tell() {
        String text = line.toString(UTF_8);
        line.reset();
        if (failure != null) {
            return;
        }
        try {
            lines.accept(text);
        } catch (RuntimeException e) {
            failure = e;
        }
    }
}
