package dev.slipway.oci.registry;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.registry.http.RequestObserver;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A blob on its way in: its end is only reached when size and digest are right. */
final class VerifiedStream extends FilterInputStream {
    private final String location;
    private final Descriptor blob;
    private final RequestObserver observer;
    private final MessageDigest sha256 = Digest.newSha256();
    private long count;
    private boolean ended;

    VerifiedStream(String location, Descriptor blob, InputStream stream, RequestObserver observer) {
        super(stream);
        this.location = location;
        this.blob = blob;
        this.observer = observer;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (read > 0) {
            sha256.update(into, offset, read);
            count += read;
            observer.received(read);
            if (count > blob.size()) {
                throw RegistryRepository.corrupt(
                        location,
                        "blob %s of %s is longer than %d bytes".formatted(blob.digest(), location, blob.size()));
            }
        } else if (read < 0 && !ended) {
            ended = true;
            verify();
        }
        return read;
    }

    /** Skipping would go past the hash. */
    @Override
    public long skip(long n) throws IOException {
        return n <= 0 ? 0 : readNBytes((int) Math.min(n, 64 * 1024)).length;
    }

    @Override
    public int available() throws IOException {
        return ended ? 0 : super.available();
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() {
        if (count != blob.size()) {
            throw RegistryRepository.corrupt(
                    location,
                    "blob %s of %s has %d bytes and not %d".formatted(blob.digest(), location, count, blob.size()));
        }
        Digest digest = Digest.ofHash(sha256);
        if (!digest.equals(blob.digest())) {
            throw RegistryRepository.corrupt(
                    location, "blob %s of %s has the digest %s".formatted(blob.digest(), location, digest));
        }
    }
}
