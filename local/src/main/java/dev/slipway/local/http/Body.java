package dev.slipway.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What is sent, of a known length. */
public interface Body {
    int BUFFER = 128 * 1024;

    /** In bytes. */
    long length();

    void writeTo(OutputStream out) throws IOException;

    static Body empty() {
        return of(new byte[0]);
    }

    static Body of(byte[] content) {
        return new Body() {
            @Override
            public long length() {
                return content.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(content);
            }
        };
    }

    /** A part of a file, read when it is sent. */
    static Body of(Path file, long offset, long length) {
        return new Body() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                try (FileChannel channel =
                                FileChannel.open(file, StandardOpenOption.READ).position(offset);
                        InputStream in = Channels.newInputStream(channel)) {
                    byte[] buffer = new byte[(int) Math.min(BUFFER, length)];
                    for (long left = length; left > 0; ) {
                        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                        if (count < 0) {
                            throw new IOException("%s ends %d bytes early".formatted(file, left));
                        }
                        out.write(buffer, 0, count);
                        left -= count;
                    }
                }
            }
        };
    }
}
