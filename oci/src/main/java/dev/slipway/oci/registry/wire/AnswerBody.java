package dev.slipway.oci.registry.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as a stream. Unlike the JDK's own it gives up when nothing comes for a while. It reads a little ahead, and
 * no more than that: a slow reader slows the sender.
 */
public final class AnswerBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
    private static final int AHEAD = 4;

    /** What the queue holds: content, or how it ended. */
    private sealed interface Piece {
        record Content(List<ByteBuffer> buffers) implements Piece {}

        record End() implements Piece {}

        record Broken(Throwable cause) implements Piece {}
    }

    private final BlockingQueue<Piece> queue = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
    private final Duration timeout;
    private final LongConsumer received;
    private List<ByteBuffer> buffers = List.of();
    private int next;
    private @Nullable Piece end;
    private volatile boolean closed;

    /**
     * A body to come.
     *
     * @param timeout how long nothing may come
     * @param received told of each piece that is read, in bytes
     */
    public AnswerBody(Duration timeout, LongConsumer received) {
        this.timeout = timeout;
        this.received = received;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        if (closed || !subscribed.complete(subscription)) {
            subscription.cancel();
            return;
        }
        subscription.request(AHEAD);
    }

    @Override
    public void onNext(List<ByteBuffer> content) {
        queue.add(new Piece.Content(content));
    }

    @Override
    public void onError(Throwable cause) {
        queue.add(new Piece.Broken(cause));
    }

    @Override
    public void onComplete() {
        queue.add(new Piece.End());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            for (; next < buffers.size(); next++) {
                ByteBuffer buffer = buffers.get(next);
                if (buffer.hasRemaining()) {
                    int read = Math.min(length, buffer.remaining());
                    buffer.get(into, offset, read);
                    received.accept(read);
                    return read;
                }
            }
            switch (take()) {
                case Piece.Content content -> {
                    buffers = content.buffers();
                    next = 0;
                    subscribed.resultNow().request(1);
                }
                case Piece.End ended -> {
                    return -1;
                }
                case Piece.Broken broken -> throw new IOException(broken.cause().getMessage(), broken.cause());
            }
        }
    }

    /** An answer that is not read to its end costs its connection. */
    @Override
    public void close() {
        closed = true;
        buffers = List.of();
        if (!(end instanceof Piece.End) && !(queue.peek() instanceof Piece.End) && subscribed.isDone()) {
            subscribed.resultNow().cancel();
        }
    }

    private Piece take() throws IOException {
        Piece known = end;
        if (known != null) {
            return known;
        }
        if (closed) {
            throw new IOException("closed");
        }
        Piece piece = poll();
        if (!(piece instanceof Piece.Content)) {
            end = piece;
        }
        return piece;
    }

    private Piece poll() throws IOException {
        try {
            Piece piece = queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (piece != null) {
                return piece;
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        close();
        throw new HttpTimeoutException("nothing came for %d ms".formatted(timeout.toMillis()));
    }
}
