package dev.slipway.oci.registry.http;

import dev.slipway.oci.registry.wire.WrongLengthException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a registry answered.
 *
 * @param uri of the request that it answers, redirects followed
 * @param body to be read by whoever handles the answer
 */
public record Answer(int status, HttpHeaders headers, URI uri, InputStream body) {

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    public OptionalLong contentLength() {
        return headers.firstValueAsLong("Content-Length");
    }

    /** The whole body of a small answer. */
    public byte[] bytes(int limit) throws IOException {
        byte[] bytes = body.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new WrongLengthException("the answer has more than %d bytes".formatted(limit));
        }
        return bytes;
    }
}
