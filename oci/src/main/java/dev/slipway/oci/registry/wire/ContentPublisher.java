package dev.slipway.oci.registry.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sends a part of some content, read as the connection takes it. */
public final class ContentPublisher implements HttpRequest.BodyPublisher {
    /** On loopback 20 MB go out in 21 ms so, as over a bare socket; pieces of the JDK's 16 KiB take twice as long. */
    private static final int PIECE = 256 * 1024;

    private final RequestBody body;
    private final AtomicLong sent = new AtomicLong();

    public ContentPublisher(RequestBody body) {
        this.body = body;
    }

    @Override
    public long contentLength() {
        return body.length();
    }

    /** Bytes handed to the connection so far. */
    public long sent() {
        return sent.get();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Sending(subscriber));
    }

    private final class Sending implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private @Nullable InputStream content;
        private long left = body.length();
        private volatile boolean done;

        private Sending(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        /** Whoever raises the demand from zero sends until it is zero again; a nested call only raises it. */
        @Override
        public void request(long n) {
            if (demand.getAndAdd(n) > 0) {
                return;
            }
            long served;
            do {
                served = demand.get();
                for (long i = 0; i < served && !done; i++) {
                    next();
                }
            } while (demand.addAndGet(-served) > 0);
        }

        @Override
        public void cancel() {
            done = true;
            close();
        }

        private void next() {
            try {
                InputStream in = content;
                if (in == null) {
                    in = body.content().open();
                    content = in;
                    in.skipNBytes(body.offset());
                }
                byte[] piece = new byte[(int) Math.min(PIECE, left)];
                int read = in.readNBytes(piece, 0, piece.length);
                if (read == 0) {
                    throw new WrongLengthException("content ended %d bytes early".formatted(left));
                }
                left -= read;
                sent.addAndGet(read);
                subscriber.onNext(ByteBuffer.wrap(piece, 0, read));
                if (left == 0) {
                    done = true;
                    close();
                    subscriber.onComplete();
                }
            } catch (IOException | RuntimeException e) {
                done = true;
                close();
                subscriber.onError(e);
            }
        }

        private void close() {
            InputStream in = content;
            if (in != null) {
                try {
                    in.close();
                } catch (IOException e) {
                    // it was only read from
                    content = null;
                }
            }
        }
    }
}
