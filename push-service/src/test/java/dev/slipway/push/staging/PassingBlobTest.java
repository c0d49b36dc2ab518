package dev.slipway.push.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.hash.VerifiedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PassingBlobTest {
    private static final int CHUNK = 1000;
    private static final byte[] CONTENT = random(3 * CHUNK + 7);
    private static final Descriptor BLOB = Descriptor.of("application/octet-stream", CONTENT);

    private final AtomicInteger opened = new AtomicInteger();

    @Test
    void readsTheSourceOnceForAllChunks() throws IOException {
        try (PassingBlob passing = passing(CONTENT)) {
            for (int from = 0; from < CONTENT.length; from += CHUNK) {
                assertThat(chunk(passing, from)).isEqualTo(part(from));
            }
        }
        assertThat(opened).hasValue(1);
    }

    @Test
    void readsTheSourceAgainForAChunkThatIsSentAgain() throws IOException {
        try (PassingBlob passing = passing(CONTENT)) {
            chunk(passing, 0);
            chunk(passing, CHUNK);

            assertThat(chunk(passing, CHUNK)).isEqualTo(part(CHUNK));
            assertThat(chunk(passing, 2 * CHUNK)).isEqualTo(part(2 * CHUNK));
        }
        assertThat(opened).hasValue(2);
    }

    @Test
    void handsOutNoLastByteOfWhatIsCorrupt() throws IOException {
        byte[] corrupt = CONTENT.clone();
        corrupt[5]++;
        try (PassingBlob passing = passing(corrupt)) {
            InputStream in = passing.open();
            in.readNBytes(CONTENT.length - 1);

            assertThatThrownBy(in::read).isInstanceOf(StoreException.class).hasMessageContaining("has the digest");
            assertThat(passing.failure()).get().extracting(StoreException::kind).isEqualTo(StoreException.Kind.CORRUPT);
        }
    }

    @Test
    void forgetsAFailureThatPassed() throws IOException {
        AtomicInteger tries = new AtomicInteger();
        BlobSource flaky = () -> {
            if (tries.getAndIncrement() == 0) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "staging", "staging is down", null);
            }
            return new ByteArrayInputStream(CONTENT);
        };
        try (PassingBlob passing = new PassingBlob(BLOB, flaky)) {
            assertThatThrownBy(() -> chunk(passing, 0)).isInstanceOf(StoreException.class);
            assertThat(passing.failure()).isPresent();

            assertThat(chunk(passing, 0)).isEqualTo(part(0));
            assertThat(passing.failure()).isEmpty();
        }
    }

    private PassingBlob passing(byte[] content) {
        return new PassingBlob(BLOB, () -> {
            opened.incrementAndGet();
            return new VerifiedInputStream("staging", BLOB, new ByteArrayInputStream(content));
        });
    }

    private static byte[] chunk(PassingBlob passing, int from) throws IOException {
        try (InputStream in = passing.open()) {
            in.skipNBytes(from);
            return in.readNBytes(CHUNK);
        }
    }

    private static byte[] part(int from) {
        return Arrays.copyOfRange(CONTENT, from, Math.min(from + CHUNK, CONTENT.length));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
