package dev.slipway.oci.registry.errors;

import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Turns what went wrong into an exception that says who, what and the answer. */
public final class Errors {
    private Errors() {}

    /**
     * An answer that is an error.
     *
     * @param content its body, or the beginning of it
     */
    public static RegistryException answered(String registry, String method, URI uri, int status, byte[] content) {
        ErrorBody body = ErrorBody.parse(content);
        String message = "%s answered %d to %s %s%s"
                .formatted(
                        registry, status, method, uri.getRawPath(), body.text().isEmpty() ? "" : ": " + body.text());
        return new RegistryException(kind(method, uri, status, body), registry, message, status, body.codes());
    }

    /** No answer came, or none that was complete. */
    public static StoreException unreachable(String registry, String method, URI uri, IOException cause) {
        return new StoreException(
                Kind.UNAVAILABLE,
                registry,
                "%s %s on %s %s".formatted(what(cause), registry, method, uri.getRawPath()),
                cause);
    }

    /** Content that cannot be right, whatever is tried. */
    public static StoreException corrupt(String registry, String method, URI uri, IOException cause) {
        return new StoreException(
                Kind.CORRUPT,
                registry,
                "%s on %s %s of %s".formatted(cause.getMessage(), method, uri.getRawPath(), registry),
                cause);
    }

    /** The thread was asked to stop; it keeps its interrupt flag. */
    public static StoreException interrupted(String registry, InterruptedException cause) {
        return new StoreException(Kind.UNAVAILABLE, registry, "interrupted while waiting for " + registry, cause);
    }

    private static String what(IOException cause) {
        return switch (cause) {
            case HttpTimeoutException e -> "no answer in time from";
            case ConnectException e
            when e.getCause() instanceof UnresolvedAddressException -> "no address is known for";
            case UnknownHostException e -> "no address is known for";
            case ConnectException e -> "cannot connect to";
            case SSLException e -> "no TLS connection (%s) to".formatted(e.getMessage());
            default -> "connection broke off (%s) to".formatted(cause.getMessage());
        };
    }

    /**
     * Registries differ in how they say that a tag must not move: Harbor answers 412, others 409, ECR 400 with the code
     * {@code TAG_INVALID} (for a tag whose syntax is right), a read-only Distribution 405.
     */
    private static Kind kind(String method, URI uri, int status, ErrorBody body) {
        boolean manifestPut = method.equals("PUT") && uri.getPath().contains("/manifests/");
        return switch (status) {
            case 401, 403 -> Kind.UNAUTHORIZED;
            case 404 -> Kind.NOT_FOUND;
            case 405, 409, 412 -> manifestPut ? Kind.IMMUTABLE : Kind.REFUSED;
            case 400 -> manifestPut && body.codes().contains("TAG_INVALID") ? Kind.IMMUTABLE : Kind.REFUSED;
            case 408, 429 -> Kind.UNAVAILABLE;
            case 501 -> Kind.REFUSED;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED;
        };
    }
}
