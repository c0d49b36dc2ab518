package dev.slipway.build.kafka.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.build.queue.BuildKey;
import dev.slipway.build.work.BuildLogStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All that a build prints, on the disk until it is kept for good; of a very long log, the beginning. A build does not fail
 * because its log cannot be kept: then there is none, and this worker's own log says why.
 */
final class KeptLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KeptLog.class);

    private final BuildLogStore store;
    private final Path directory;
    private final long maxCharacters;
    private final BuildKey build;
    private final int attempt;
    private @Nullable Path file;
    private @Nullable Writer writer;
    private long lines;
    private long characters;
    private boolean broken;

    /**
     * Begins a log; nothing is written before the first line.
     *
     * @param directory for the temporary file
     */
    KeptLog(BuildLogStore store, Path directory, long maxCharacters, BuildKey build, int attempt) {
        this.store = store;
        this.directory = directory;
        this.maxCharacters = maxCharacters;
        this.build = build;
        this.attempt = attempt;
    }

    synchronized void add(String line) {
        if (broken || characters > maxCharacters) {
            return;
        }
        characters += line.length() + 1;
        try {
            Writer out = open();
            out.write(characters > maxCharacters ? "… what comes after this is not kept" : line);
            out.write('\n');
            lines++;
        } catch (IOException e) {
            fail(e);
        }
    }

    private Writer open() throws IOException {
        Writer out = writer;
        if (out == null) {
            Files.createDirectories(directory);
            file = Files.createTempFile(directory, "build", ".log");
            out = Files.newBufferedWriter(file, UTF_8);
            writer = out;
        }
        return out;
    }

    /** Empty where nothing was printed, or where it cannot be kept. Nothing can be added any more. */
    synchronized Optional<Descriptor> keep() {
        Path text = file;
        if (text == null || broken) {
            return Optional.empty();
        }
        try {
            finish();
            return Optional.of(store.keep(build, attempt, text, lines));
        } catch (IOException | UncheckedIOException | StoreException e) {
            fail(e);
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        try {
            finish();
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void finish() throws IOException {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    private void fail(Exception e) {
        broken = true;
        LOG.warnf(
                "slipway.log_unkept slipway.build.id=%s slipway.platform=%s reason=%s",
                build.buildId(), build.platform(), e.getMessage());
    }
}
