package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.Digest;
import dev.slipway.oci.registry.http.RequestObserver;
import dev.slipway.oci.registry.http.Requests;
import dev.slipway.oci.registry.http.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The content of a blob. Where the connection breaks off it goes on from there with another. Not verified. */
public final class BlobDownload extends InputStream {
    private final Requests requests;
    private final RequestObserver observer;
    private final String path;
    private final Digest digest;
    private @Nullable InputStream stream;
    private long offset;

    private BlobDownload(Requests requests, RequestObserver observer, String path, Digest digest) {
        this.requests = requests;
        this.observer = observer;
        this.path = path;
        this.digest = digest;
    }

    /** Asks for a blob; what a registry refuses, it refuses here. */
    public static BlobDownload open(Requests requests, RequestObserver observer, String path, Digest digest) {
        BlobDownload download = new BlobDownload(requests, observer, path, digest);
        requests.retry(attempt -> download.connected());
        return download;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) {
        int read = requests.retry(attempt -> readOnce(into, at, length));
        offset += Math.max(0, read);
        return read;
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
        }
    }

    private int readOnce(byte[] into, int at, int length) throws TransientFailure {
        InputStream connected = connected();
        try {
            return connected.read(into, at, length);
        } catch (IOException e) {
            stream = null;
            throw requests.brokenOff(new GetBlob(path, digest, offset), e);
        }
    }

    private InputStream connected() throws TransientFailure {
        InputStream there = stream;
        InputStream connected = there != null ? there : requests.attempt(new GetBlob(path, digest, offset), observer);
        stream = connected;
        return connected;
    }
}
