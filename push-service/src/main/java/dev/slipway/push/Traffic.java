package dev.slipway.push;

/**
 * What went over the wire to one repository.
 *
 * @param bytesSent of blobs and manifests
 * @param bytesMounted of blobs that the registry took over from another of its repositories
 * @param requests each attempt counts
 */
public record Traffic(long bytesSent, long bytesMounted, int requests) {
    public static final Traffic NONE = new Traffic(0, 0, 0);

    public Traffic plus(Traffic other) {
        return new Traffic(bytesSent + other.bytesSent, bytesMounted + other.bytesMounted, requests + other.requests);
    }
}
