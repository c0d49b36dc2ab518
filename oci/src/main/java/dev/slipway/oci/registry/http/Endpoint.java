package dev.slipway.oci.registry.http;

import dev.slipway.oci.registry.errors.RegistryException;
import dev.slipway.oci.registry.wire.RequestBody;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request of the distribution API and what its answers mean.
 *
 * @param <T> what a good answer gives
 */
public interface Endpoint<T> {

    String method();

    /**
     * Where to.
     *
     * @param base the registry's root, with a slash at its end
     */
    URI uri(URI base);

    /** What the request may do, for the token. */
    Scope scope();

    default List<String> accept() {
        return List.of();
    }

    default Map<String, String> headers() {
        return Map.of();
    }

    default Optional<RequestBody> body() {
        return Optional.empty();
    }

    /** Whether an answer that is neither 2xx nor to be retried goes to {@link #handle} and is no error. */
    default boolean expects(int status) {
        return false;
    }

    /** Whether a refusal may pass by itself though its status says otherwise. */
    default boolean mayPass(RegistryException refusal) {
        return false;
    }

    /** Whether the answer's body is read later, by the caller, who closes it. */
    default boolean streams() {
        return false;
    }

    /** Reads the answer. An {@link IOException} means that it broke off, and the request is tried again. */
    T handle(Answer answer) throws IOException;
}
