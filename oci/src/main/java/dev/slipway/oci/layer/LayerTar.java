package dev.slipway.oci.layer;

import dev.slipway.oci.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The plain tar of entries, made anew each time that it is read: sorted by path, hard links last, one time for all. */
final class LayerTar implements BlobSource {
    private static final byte[] END = new byte[2 * TarHeader.BLOCK];

    private final List<LayerEntry> entries;
    private final Instant time;

    LayerTar(Collection<? extends LayerEntry> entries, Instant time) {
        this.entries = inOrder(entries);
        this.time = time;
    }

    List<LayerEntry> entries() {
        return entries;
    }

    /** In bytes. */
    long size() {
        long size = END.length;
        for (LayerEntry entry : entries) {
            size += TarHeader.of(entry, time).length;
            if (entry instanceof LayerEntry.RegularFile file) {
                size += file.size() + TarHeader.padding(file.size());
            }
        }
        return size;
    }

    @Override
    public InputStream open() {
        return new TarStream(entries, time);
    }

    private static List<LayerEntry> inOrder(Collection<? extends LayerEntry> entries) {
        List<LayerEntry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparing((LayerEntry entry) -> entry instanceof LayerEntry.HardLink)
                .thenComparing(LayerEntry::path));
        Map<String, LayerEntry> byPath = new HashMap<>();
        Set<String> files = new HashSet<>();
        for (LayerEntry entry : sorted) {
            if (byPath.put(entry.path(), entry) != null) {
                throw new IllegalArgumentException("two entries of a layer have the path '%s'".formatted(entry.path()));
            }
            if (entry instanceof LayerEntry.RegularFile) {
                files.add(entry.path());
            }
            if (entry instanceof LayerEntry.HardLink link && !files.contains(link.target())) {
                throw new IllegalArgumentException("'%s' is a hard link to '%s', which is no file of the layer"
                        .formatted(link.path(), link.target()));
            }
        }
        return List.copyOf(sorted);
    }

    /** Headers, contents and zeros, one after the other. */
    private static final class TarStream extends InputStream {
        private final List<LayerEntry> entries;
        private final Instant time;
        private int next;
        private byte[] bytes = new byte[0];
        private int at;
        private InputStream content = InputStream.nullInputStream();
        private String contentPath = "";
        private long contentLeft;
        private int padding;
        private boolean ended;

        private TarStream(List<LayerEntry> entries, Instant time) {
            this.entries = entries;
            this.time = time;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                int read = piece(into, offset + done, length - done);
                if (read < 0) {
                    return done == 0 ? -1 : done;
                }
                done += read;
            }
            return done;
        }

        @Override
        public void close() throws IOException {
            content.close();
        }

        private int piece(byte[] into, int offset, int length) throws IOException {
            if (at < bytes.length) {
                int copied = Math.min(length, bytes.length - at);
                System.arraycopy(bytes, at, into, offset, copied);
                at += copied;
                return copied;
            }
            if (contentLeft > 0) {
                return contentPiece(into, offset, length);
            }
            if (next < entries.size()) {
                start(entries.get(next++));
                return 0;
            }
            if (!ended) {
                ended = true;
                bytes = END;
                at = 0;
                return 0;
            }
            return -1;
        }

        private void start(LayerEntry entry) throws IOException {
            bytes = TarHeader.of(entry, time);
            at = 0;
            if (entry instanceof LayerEntry.RegularFile file && file.size() > 0) {
                content = file.content().open();
                contentPath = file.path();
                contentLeft = file.size();
                padding = TarHeader.padding(file.size());
            }
        }

        private int contentPiece(byte[] into, int offset, int length) throws IOException {
            int read = content.read(into, offset, (int) Math.min(length, contentLeft));
            if (read < 0) {
                throw new IOException("'%s' is %d bytes shorter than said".formatted(contentPath, contentLeft));
            }
            contentLeft -= read;
            if (contentLeft == 0) {
                if (content.read() >= 0) {
                    throw new IOException("'%s' is longer than said".formatted(contentPath));
                }
                content.close();
                bytes = new byte[padding];
                at = 0;
            }
            return read;
        }
    }
}
