package dev.slipway.oci.registry.wire;

import dev.slipway.oci.BlobSource;

/**
 * What a request carries: a part of some content.
 *
 * @param offset where the part starts, in bytes
 * @param length of the part, in bytes
 */
public record RequestBody(String contentType, BlobSource content, long offset, long length) {

    public static RequestBody of(String contentType, byte[] bytes) {
        return new RequestBody(contentType, BlobSource.of(bytes), 0, bytes.length);
    }
}
