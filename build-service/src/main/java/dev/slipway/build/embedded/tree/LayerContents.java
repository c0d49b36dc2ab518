package dev.slipway.build.embedded.tree;

import dev.slipway.oci.Digest;
import dev.slipway.oci.layer.LayerEntry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * Layers of other images from which files are copied, unpacked to plain tars in a directory, so that a file of one can be read
 * without reading all that lies before it. The least used are deleted when there are too many bytes. Safe for use by several
 * threads.
 */
public final class LayerContents implements Closeable {

    /** Opens a layer as a plain tar. */
    @FunctionalInterface
    public interface PlainTar {
        InputStream open() throws IOException;
    }

    private record Place(long offset, long size) {}

    private record Unpacked(Path file, long size, Map<String, Place> places) {}

    private final Path directory;
    private final long maxBytes;
    private final LinkedHashMap<Digest, Unpacked> unpacked = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Digest, ReentrantLock> fetching = new ConcurrentHashMap<>();
    private long bytes;

    public LayerContents(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    /** Opens a file of a layer, which is fetched if it is not here. */
    public InputStream open(Digest layer, String path, PlainTar tar) throws IOException {
        Optional<InputStream> known = openKnown(layer, path);
        if (known.isPresent()) {
            return known.get();
        }
        ReentrantLock turn = fetching.computeIfAbsent(layer, digest -> new ReentrantLock());
        lock(turn);
        try {
            Optional<InputStream> meanwhile = openKnown(layer, path);
            return meanwhile.isPresent() ? meanwhile.get() : addAndOpen(layer, unpack(tar), path);
        } finally {
            turn.unlock();
        }
    }

    private static void lock(ReentrantLock lock) throws IOException {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a layer");
        }
    }

    private synchronized Optional<InputStream> openKnown(Digest layer, String path) throws IOException {
        Unpacked known = unpacked.get(layer);
        return known == null ? Optional.empty() : Optional.of(open(known, layer, path));
    }

    private synchronized InputStream addAndOpen(Digest layer, Unpacked fresh, String path) throws IOException {
        unpacked.put(layer, fresh);
        bytes += fresh.size();
        for (var eldest = unpacked.entrySet().iterator(); bytes > maxBytes && unpacked.size() > 1; ) {
            Unpacked entry = eldest.next().getValue();
            Files.deleteIfExists(entry.file());
            bytes -= entry.size();
            eldest.remove();
        }
        return open(fresh, layer, path);
    }

    /** Under the lock: a file that is open can be read although it is deleted. */
    private static InputStream open(Unpacked layer, Digest digest, String path) throws IOException {
        Place place = layer.places().get(path);
        if (place == null) {
            throw new IOException("'%s' is not in layer %s".formatted(path, digest));
        }
        FileChannel channel = FileChannel.open(layer.file()).position(place.offset());
        return BoundedInputStream.builder()
                .setInputStream(Channels.newInputStream(channel))
                .setMaxCount(place.size())
                .get();
    }

    private Unpacked unpack(PlainTar tar) throws IOException {
        Path file = Files.createTempFile(directory, "layer-", ".tar");
        try {
            try (InputStream in = tar.open();
                    OutputStream out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
            return new Unpacked(file, Files.size(file), places(file));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static Map<String, Place> places(Path file) throws IOException {
        Map<String, Place> places = new HashMap<>();
        try (TarFile tar = new TarFile(file)) {
            for (TarArchiveEntry entry : tar.getEntries()) {
                places.put(LayerEntry.pathOf(entry.getName()), new Place(entry.getDataOffset(), entry.getSize()));
            }
        }
        return places;
    }

    @Override
    public synchronized void close() throws IOException {
        for (Unpacked entry : unpacked.values()) {
            Files.deleteIfExists(entry.file());
        }
        unpacked.clear();
        bytes = 0;
    }
}
