package dev.slipway.oci.registry.http;

import dev.slipway.oci.BlobSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Keeps everything that is sent to one registry under a rate of requests and of bytes. */
public final class Pace {
    private final Turns requests;
    private final Turns bytes;
    private final Pauses pauses;

    /**
     * Makes it.
     *
     * @param requestsPerSecond 0 where there is no limit
     * @param bytesPerSecond 0 where there is no limit
     */
    public Pace(long requestsPerSecond, long bytesPerSecond, InstantSource clock, Pauses pauses) {
        this.requests = new Turns(requestsPerSecond, clock);
        this.bytes = new Turns(bytesPerSecond, clock);
        this.pauses = pauses;
    }

    /** Waits until another request may be sent. */
    void request() throws IOException {
        await(requests, 1);
    }

    /** Content that is read no faster than it may be sent, whoever else reads. */
    BlobSource slowly(BlobSource content) {
        return bytes.perSecond == 0 ? content : () -> new Slow(content.open());
    }

    private void await(Turns turns, long units) throws IOException {
        Duration wait = turns.take(units);
        if (wait.isPositive()) {
            try {
                pauses.pause(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while it waited for its turn");
            }
        }
    }

    private final class Slow extends FilterInputStream {
        private Slow(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            int read = super.read(into, at, length);
            if (read > 0) {
                await(bytes, read);
            }
            return read;
        }
    }

    /** Hands out moments, one behind the other. */
    private static final class Turns {
        private final long perSecond;
        private final InstantSource clock;
        private Instant free = Instant.MIN;

        private Turns(long perSecond, InstantSource clock) {
            this.perSecond = perSecond;
            this.clock = clock;
        }

        private synchronized Duration take(long units) {
            if (perSecond == 0) {
                return Duration.ZERO;
            }
            Instant now = clock.instant();
            Instant mine = free.isAfter(now) ? free : now;
            free = mine.plusNanos(units * 1_000_000_000L / perSecond);
            return Duration.between(now, mine);
        }
    }
}
