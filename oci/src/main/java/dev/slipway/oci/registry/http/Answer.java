package dev.slipway.oci.registry.http;

import dev.slipway.oci.registry.wire.Loopback;
import dev.slipway.oci.registry.wire.WrongLengthException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
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

    /**
     * Where the answer points to. From TLS it leads to TLS only, and plain HTTP stays on this machine.
     *
     * @param reference a URL, absolute or relative to the request's
     * @throws ProtocolException when it is no URL, or one that must not be followed
     */
    public URI resolve(String reference) throws ProtocolException {
        URI target;
        try {
            target = uri.resolve(reference);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("the answer points to '%s', which is no URL".formatted(reference));
        }
        boolean tls = "https".equals(target.getScheme());
        boolean loopback = "http".equals(target.getScheme())
                && "http".equals(uri.getScheme())
                && target.getHost() != null
                && Loopback.is(target.getHost());
        if (target.getHost() == null || !(tls || loopback)) {
            throw new ProtocolException("the answer points to %s://%s, which is not safe to follow"
                    .formatted(target.getScheme(), target.getRawAuthority()));
        }
        return target;
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
