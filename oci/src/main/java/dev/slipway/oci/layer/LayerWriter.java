package dev.slipway.oci.layer;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.hash.HashingOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Writes layers whose bytes depend on the entries and the options alone, but for the order of the entries and the number of
 * threads. Two machines whose JDKs have different zlibs may compress to different bytes; the diff id is the same then too.
 */
public final class LayerWriter {
    private static final int BUFFER = 256 * 1024;

    private final LayerOptions options;

    public LayerWriter(LayerOptions options) {
        this.options = options;
    }

    /**
     * Makes a layer that needs no file unless it is compressed: its content is put together again from the entries whenever it
     * is read.
     *
     * @param file for a compressed layer; replaced if it exists
     * @throws IllegalArgumentException when two entries have one path, or a hard link has no target in the layer
     */
    public PreparedLayer prepare(Collection<? extends LayerEntry> entries, Path file) throws IOException {
        LayerTar tar = new LayerTar(entries, options.time());
        return switch (chosen(tar)) {
            case NONE -> LayerStream.plain(tar);
            case STORED -> LayerStream.stored(tar);
            case GZIP -> compressed(tar, file);
            case AUTO -> throw new IllegalStateException("nothing was chosen");
        };
    }

    /** Writes a layer to a file, which is replaced if it exists. */
    public Layer write(Collection<? extends LayerEntry> entries, Path file) throws IOException {
        LayerTar tar = new LayerTar(entries, options.time());
        Compression chosen = chosen(tar);
        if (chosen == Compression.GZIP) {
            return compressed(tar, file);
        }
        LayerStream stream = chosen == Compression.STORED ? LayerStream.stored(tar) : LayerStream.plain(tar);
        try (OutputStream out = Files.newOutputStream(file);
                HashingOutputStream hashing = new HashingOutputStream(out)) {
            copy(stream, hashing);
            Descriptor descriptor = Descriptor.of(stream.mediaType(), hashing.digest(), hashing.size());
            return new Layer(descriptor, stream.diffId(), BlobSource.of(file));
        }
    }

    /** Never {@code AUTO}. */
    private Compression chosen(LayerTar tar) throws IOException {
        return switch (options.compression()) {
            case NONE, STORED, GZIP -> options.compression();
            case AUTO -> Compressibility.isWorthwhile(tar.entries()) ? Compression.GZIP : Compression.STORED;
        };
    }

    private Layer compressed(LayerTar tar, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                HashingOutputStream stored = new HashingOutputStream(out);
                ParallelGzip gzip = new ParallelGzip(stored, options.level(), options.threads());
                HashingOutputStream plain = new HashingOutputStream(gzip)) {
            copy(tar, plain);
            gzip.finish();
            Descriptor descriptor = Descriptor.of(MediaTypes.LAYER_GZIP, stored.digest(), stored.size());
            return new Layer(descriptor, plain.digest(), BlobSource.of(file));
        }
    }

    private static void copy(BlobSource from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                to.write(buffer, 0, read);
            }
        }
    }
}
