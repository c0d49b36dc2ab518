package dev.slipway.local.spans;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of spans, one per line: the trace id, a space, the span. Lines are only ever added, so a kill can leave the last
 * one torn and nothing else.
 */
final class Segment implements Closeable {
    private static final int TRACE_ID_DIGITS = 32;

    /** Where a span is. */
    record Entry(Segment segment, long offset, int length) {}

    /** A span that was found in a file from before. */
    record Found(String traceId, Entry entry) {}

    private final Path file;
    private final FileChannel channel;
    private long length;

    private Segment(Path file, FileChannel channel, long length) {
        this.file = file;
        this.channel = channel;
        this.length = length;
    }

    static Segment create(Path file) throws IOException {
        return new Segment(
                file,
                FileChannel.open(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                0);
    }

    /** To be read only: what follows a torn line would be lost. */
    static Segment open(Path file) throws IOException {
        return new Segment(file, FileChannel.open(file, StandardOpenOption.READ), Files.size(file));
    }

    long length() {
        return length;
    }

    List<Entry> append(List<SpanText> spans) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        List<Entry> entries = new ArrayList<>();
        for (SpanText span : spans) {
            byte[] json = span.json().getBytes(StandardCharsets.UTF_8);
            lines.writeBytes((span.traceId() + " ").getBytes(StandardCharsets.US_ASCII));
            entries.add(new Entry(this, length + lines.size(), json.length));
            lines.writeBytes(json);
            lines.write('\n');
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
        for (long at = length; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
        length += lines.size();
        return entries;
    }

    String read(Entry entry) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(entry.length());
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, entry.offset() + bytes.position()) < 0) {
                throw new IOException("%s ends before offset %d".formatted(file, entry.offset() + entry.length()));
            }
        }
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }

    /** Every line that is whole. */
    List<Found> scan() throws IOException {
        List<Found> found = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024)) {
            long offset = 0;
            byte[] traceId = new byte[TRACE_ID_DIGITS + 1];
            while (in.readNBytes(traceId, 0, traceId.length) == traceId.length) {
                int length = lineLength(in);
                if (length < 0) {
                    break;
                }
                found.add(new Found(
                        new String(traceId, 0, TRACE_ID_DIGITS, StandardCharsets.US_ASCII),
                        new Entry(this, offset + traceId.length, length)));
                offset += traceId.length + length + 1;
            }
        }
        return found;
    }

    /** Negative where the file ends before the line does. */
    private static int lineLength(InputStream in) throws IOException {
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return -1;
            }
            length++;
        }
        return length;
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
