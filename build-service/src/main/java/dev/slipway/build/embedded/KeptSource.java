package dev.slipway.build.embedded;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.spool.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Content that is fetched when it is first opened, and kept in a file. Whoever reads it follows the fetching. Where that
 * failed, opening it again fetches it again.
 */
final class KeptSource implements BlobSource, Closeable {
    private static final System.Logger LOG = System.getLogger(KeptSource.class.getName());

    private final BlobSource content;
    private final Path directory;
    private @Nullable Spool spool;

    KeptSource(BlobSource content, Path directory) {
        this.content = content;
        this.directory = directory;
    }

    @Override
    public synchronized InputStream open() {
        Spool known = spool;
        if (known != null && !known.isBroken()) {
            return known.open();
        }
        close();
        Spool fetching = new Spool(directory);
        spool = fetching;
        Thread.startVirtualThread(() -> fetch(fetching));
        return fetching.open();
    }

    /** Readers get what it fails with. */
    private void fetch(Spool fetching) {
        try {
            fetching.fill(content);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "content could not be fetched", e);
        }
    }

    /** Ends the fetching, too. */
    @Override
    public synchronized void close() {
        Spool known = spool;
        if (known != null) {
            known.stop();
            known.close();
            spool = null;
        }
    }
}
