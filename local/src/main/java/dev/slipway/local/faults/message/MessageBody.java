package dev.slipway.local.faults.message;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of one message on a connection that goes on behind it: of a length, or in chunks. */
public final class MessageBody extends InputStream {
    private final InputStream connection;
    private final boolean chunked;
    private long left;
    private boolean ended;

    private MessageBody(InputStream connection, boolean chunked, long left) {
        this.connection = connection;
        this.chunked = chunked;
        this.left = left;
        this.ended = !chunked && left == 0;
    }

    public static InputStream ofRequest(Head head, InputStream connection) {
        return new MessageBody(
                connection, head.isChunked(), head.contentLength().orElse(0));
    }

    /** Without a length it goes to the end of the connection. */
    public static InputStream ofAnswer(Head head, boolean toHead, InputStream connection) {
        int status = head.status();
        if (toHead || status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        boolean open = !head.isChunked() && head.contentLength().isEmpty();
        return open
                ? connection
                : new MessageBody(
                        connection, head.isChunked(), head.contentLength().orElse(0));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (!ended && chunked && left == 0) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int read = connection.read(into, at, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("the connection ended %d bytes early".formatted(left));
        }
        left -= read;
        if (left == 0) {
            if (chunked) {
                Head.line(connection);
            } else {
                ended = true;
            }
        }
        return read;
    }

    private void nextChunk() throws IOException {
        String size = Head.line(connection).split(";", 2)[0].strip();
        left = Long.parseLong(size, 16);
        if (left == 0) {
            ended = true;
            while (!Head.line(connection).isEmpty()) {
                left = 0;
            }
        }
    }
}
