package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.registry.errors.RegistryException;
import dev.slipway.oci.registry.http.RequestObserver;
import dev.slipway.oci.registry.http.Requests;
import dev.slipway.oci.registry.http.TransientFailure;
import java.net.URI;
import java.util.Optional;

/**
 * The upload of one blob: in one piece where it is small, or its digest is not known before, else in chunks. After a failure
 * the registry is asked how far it came, and only the rest is sent. An upload that fails for good is given up with the
 * registry too.
 */
public final class Upload {
    private static final int ROUNDS_WITHOUT_PROGRESS = 5;
    private static final int BEGINNINGS = 5;
    private static final int DAMAGED_AT_MOST = 2;

    private final Requests requests;
    private final RequestObserver observer;
    private final String path;
    private final UploadContent content;
    private final long chunkSize;

    private URI location;
    private long offset;
    private long chunk;
    private long furthest;
    private int roundsWithoutProgress;
    private int beginnings = 1;
    private int damaged;

    private Upload(
            Requests requests,
            RequestObserver observer,
            String path,
            UploadContent content,
            long chunkSize,
            StartUpload.Started.Open open) {
        this.requests = requests;
        this.observer = observer;
        this.path = path;
        this.content = content;
        this.chunkSize = chunkSize;
        this.location = open.location();
        this.chunk = Math.max(chunkSize, open.chunkMinLength());
    }

    /**
     * Uploads a blob.
     *
     * @param chunkSize in bytes; a blob that is no larger goes in one piece
     */
    public static void run(
            Requests requests,
            RequestObserver observer,
            String path,
            Descriptor blob,
            BlobSource content,
            long chunkSize) {
        run(requests, observer, path, UploadContent.of(blob, content), chunkSize);
    }

    /** Uploads content in one piece whose digest is known when it was sent. */
    public static Descriptor run(
            Requests requests, RequestObserver observer, String path, String mediaType, long size, BlobSource content) {
        UploadContent unknown = UploadContent.unknown(size, content);
        run(requests, observer, path, unknown, Math.max(1, size));
        return Descriptor.of(mediaType, unknown.digest(), size);
    }

    private static void run(
            Requests requests, RequestObserver observer, String path, UploadContent content, long chunkSize) {
        switch (requests.send(StartUpload.of(path), observer)) {
            case StartUpload.Started.Mounted mounted -> {}
            case StartUpload.Started.Open open -> new Upload(requests, observer, path, content, chunkSize, open).send();
        }
    }

    private void send() {
        boolean done = false;
        try {
            while (!done) {
                sendChunks();
                done = requests.retry(this::finish);
            }
        } finally {
            if (!done) {
                giveUp(requests, observer, path, location);
            }
        }
    }

    private void sendChunks() {
        while (content.size() - offset > (content.isKnown() ? chunk : 0)) {
            requests.retry(this::sendChunk);
            checkProgress();
        }
    }

    private boolean sendChunk(int attempt) throws TransientFailure {
        if (attempt > 1) {
            askOffset();
        }
        long length = Math.min(chunk, content.size() - offset);
        if (length > 0) {
            UploadState state =
                    requests.attempt(new PatchUpload(path, location, content.source(), offset, length), observer);
            location = state.location();
            if (state.received() < 0) {
                askOffset();
            } else {
                offset = Math.min(state.received(), offset + length);
            }
        }
        return true;
    }

    /** A registry may lose a chunk and be given it again, but not for ever. */
    private void checkProgress() {
        if (offset > furthest) {
            furthest = offset;
            roundsWithoutProgress = 0;
        } else if (++roundsWithoutProgress == ROUNDS_WITHOUT_PROGRESS) {
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    requests.registry(),
                    "%s takes no bytes of %s beyond the first %d".formatted(requests.registry(), content, furthest),
                    null);
        }
    }

    /** False where the bytes were damaged on their way, and all of them have to be sent again. */
    private boolean finish(int attempt) throws TransientFailure {
        if (attempt > 1) {
            if (requests.send(new HeadBlob(path, content.digest()), observer)) {
                return true;
            }
            askOffset();
            if (offset > 0 && offset < content.size()) {
                sendChunk(1);
            }
        }
        try {
            requests.attempt(new FinishUpload(path, location, content, offset), observer);
            return true;
        } catch (RegistryException e) {
            if (!e.codes().contains("DIGEST_INVALID") || ++damaged > DAMAGED_AT_MOST) {
                throw e;
            }
            startAgain();
            return false;
        }
    }

    /** Where the registry has lost the upload, a new one starts from zero. */
    private void askOffset() {
        Optional<UploadState> state = requests.send(new GetUpload(path, location), observer);
        if (state.isPresent()) {
            location = state.get().location();
            offset = Math.min(state.get().received(), content.available());
            return;
        }
        startAgain();
    }

    private void startAgain() {
        if (++beginnings > BEGINNINGS) {
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    requests.registry(),
                    "%s lost the upload of %s %d times".formatted(requests.registry(), content, BEGINNINGS),
                    null);
        }
        if (requests.send(StartUpload.of(path), observer) instanceof StartUpload.Started.Open open) {
            location = open.location();
            chunk = Math.max(chunkSize, open.chunkMinLength());
            offset = 0;
            furthest = 0;
        }
    }

    /** Tells the registry that an open upload will not be finished; one that does not care is left alone. */
    public static void giveUp(Requests requests, RequestObserver observer, String path, URI location) {
        try {
            requests.attempt(new CancelUpload(path, location), observer);
        } catch (TransientFailure | StoreException e) {
            // the registry collects it some day, and what led here counts for more
            return;
        }
    }
}
