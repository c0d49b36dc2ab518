package dev.slipway.oci.registry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.oci.registry.errors.Errors;
import dev.slipway.oci.registry.errors.RegistryException;
import dev.slipway.oci.registry.wire.AnswerBody;
import dev.slipway.oci.registry.wire.ContentPublisher;
import dev.slipway.oci.registry.wire.RequestBody;
import dev.slipway.oci.registry.wire.WrongLengthException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends requests to one registry: authorised, tried again where that may help, redirects followed. */
public final class Requests {
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504, 522);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int REDIRECTS_AT_MOST = 5;
    private static final int RENEWALS_AT_MOST = 3;
    private static final int DRAIN_LIMIT = 64 * 1024;
    /** A body of that length is not sent before the registry has accepted the token: it would have to be sent twice. */
    private static final int LONG_BODY = 1024 * 1024;

    private final HttpSettings settings;
    private final String registry;
    private final URI base;
    private final Authorization authorization;
    private final Retries retries;

    /**
     * Requests to a registry.
     *
     * @param registry its name for messages
     * @param base its root, with a slash at the end
     */
    public Requests(HttpSettings settings, String registry, URI base, Authorization authorization) {
        this.settings = settings;
        this.registry = registry;
        this.base = base;
        this.authorization = authorization;
        this.retries = new Retries(registry, settings);
    }

    public String registry() {
        return registry;
    }

    public URI base() {
        return base;
    }

    /** Sends a request until it is answered for good. */
    public <T> T send(Endpoint<T> endpoint, RequestObserver observer) {
        return retries.run(number -> attempt(endpoint, observer));
    }

    /** Tries something of several requests until it is done; within it, {@link #attempt} sends one. */
    public <T> T retry(Attempt<T> attempt) {
        return retries.run(attempt::run);
    }

    /** Something to try. */
    @FunctionalInterface
    public interface Attempt<T> {
        /**
         * Tries it.
         *
         * @param number 1 for the first time
         */
        T run(int number) throws TransientFailure;
    }

    /** Sends a request once, apart from renewed credentials and redirects. */
    public <T> T attempt(Endpoint<T> endpoint, RequestObserver observer) throws TransientFailure {
        URI uri = endpoint.uri(base);
        List<String> refused = new ArrayList<>();
        try {
            Answer answer = authorised(endpoint, uri, observer, refused);
            if (answer.status() / 100 == 2 || endpoint.expects(answer.status())) {
                T result = endpoint.handle(answer);
                if (!endpoint.streams()) {
                    drain(answer);
                }
                return result;
            }
            RegistryException failure =
                    Errors.answered(registry, endpoint.method(), uri, answer.status(), beginning(answer));
            drain(answer);
            if (TRANSIENT.contains(answer.status()) || endpoint.mayPass(failure)) {
                throw new TransientFailure(
                        failure,
                        answer.header("Retry-After")
                                .flatMap(value ->
                                        RetryAfter.parse(value, settings.clock().instant())));
            }
            refused.add(Retries.inShort(failure));
            throw Retries.having(failure, refused);
        } catch (WrongLengthException | ProtocolException | JsonProcessingException e) {
            throw Errors.corrupt(registry, endpoint.method(), uri, e);
        } catch (IOException e) {
            throw new TransientFailure(Errors.unreachable(registry, endpoint.method(), uri, e), Optional.empty());
        }
    }

    /** What a stream failed with that came as the answer of a request, so that it can be tried again. */
    public TransientFailure brokenOff(Endpoint<?> endpoint, IOException cause) {
        return new TransientFailure(
                Errors.unreachable(registry, endpoint.method(), endpoint.uri(base), cause), Optional.empty());
    }

    /**
     * The first refusal asks for credentials; those that come after some were sent are tries that failed.
     *
     * @param refused takes in those that were made again
     */
    private Answer authorised(Endpoint<?> endpoint, URI uri, RequestObserver observer, List<String> refused)
            throws IOException {
        for (int renewals = 0; ; renewals++) {
            Optional<String> header = sameOrigin(uri, base) ? authorization.header(endpoint.scope()) : Optional.empty();
            Answer answer = redirected(endpoint, uri, header, observer);
            boolean denied = answer.status() == 401 || answer.status() == 403;
            if (!denied || renewals == RENEWALS_AT_MOST || !authorization.renew(endpoint.scope(), answer, header)) {
                return answer;
            }
            RegistryException failure =
                    Errors.answered(registry, endpoint.method(), uri, answer.status(), beginning(answer));
            drain(answer);
            if (header.isPresent()) {
                refused.add(Retries.inShort(failure));
                retries.again(failure, refused.size() + 1, renewals);
            }
        }
    }

    private Answer redirected(Endpoint<?> endpoint, URI first, Optional<String> header, RequestObserver observer)
            throws IOException {
        URI uri = first;
        Answer answer = exchange(endpoint, uri, header, observer);
        for (int hops = 0; hops < REDIRECTS_AT_MOST && isRedirect(endpoint, answer); hops++) {
            URI next = answer.resolve(answer.header("Location").orElseThrow());
            drain(answer);
            Optional<String> kept = sameOrigin(first, next) ? header : Optional.empty();
            uri = next;
            answer = exchange(endpoint, uri, kept, observer);
        }
        return answer;
    }

    private static boolean isRedirect(Endpoint<?> endpoint, Answer answer) {
        return REDIRECTS.contains(answer.status())
                && (endpoint.method().equals("GET") || endpoint.method().equals("HEAD"))
                && answer.header("Location").isPresent();
    }

    private Answer exchange(
            Endpoint<?> endpoint, URI uri, Optional<String> authorizationHeader, RequestObserver observer)
            throws IOException {
        settings.pace().request();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", settings.userAgent());
        settings.headers().get().forEach(request::setHeader);
        endpoint.headers().forEach(request::setHeader);
        if (!endpoint.accept().isEmpty()) {
            request.setHeader("Accept", String.join(", ", endpoint.accept()));
        }
        authorizationHeader.ifPresent(value -> request.setHeader("Authorization", value));
        Optional<RequestBody> body = endpoint.body();
        if (body.isEmpty() || body.get().length() == 0) {
            body.ifPresent(b -> request.setHeader("Content-Type", b.contentType()));
            request.method(endpoint.method(), HttpRequest.BodyPublishers.noBody());
            return answer(request.build(), observer, Optional.empty());
        }
        ContentPublisher publisher = new ContentPublisher(slowly(body.get()));
        request.setHeader("Content-Type", body.get().contentType()).method(endpoint.method(), publisher);
        if (authorizationHeader.isPresent() && body.get().length() >= LONG_BODY) {
            request.expectContinue(true);
        }
        try {
            return answer(request.build(), observer, Optional.of(publisher));
        } finally {
            observer.sent(publisher.sent());
        }
    }

    private RequestBody slowly(RequestBody body) {
        return new RequestBody(
                body.contentType(), settings.pace().slowly(body.content()), body.offset(), body.length());
    }

    private Answer answer(HttpRequest request, RequestObserver observer, Optional<ContentPublisher> publisher)
            throws IOException {
        HttpResponse<InputStream> response = await(
                settings.clients()
                        .of(request.uri())
                        .sendAsync(request, head -> new AnswerBody(settings.stallTimeout(), observer::received)),
                publisher);
        observer.answered(request.method(), response.statusCode());
        return new Answer(response.statusCode(), response.headers(), request.uri(), response.body());
    }

    /** Waits as long as bytes are moving. */
    private HttpResponse<InputStream> await(
            CompletableFuture<HttpResponse<InputStream>> future, Optional<ContentPublisher> publisher)
            throws IOException {
        Duration timeout = settings.stallTimeout();
        long sentBefore = -1;
        while (true) {
            try {
                return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                long sent = publisher.map(ContentPublisher::sent).orElse(0L);
                if (sent == sentBefore || publisher.isEmpty()) {
                    future.cancel(true);
                    throw new HttpTimeoutException("nothing moved for %d ms".formatted(timeout.toMillis()));
                }
                sentBefore = sent;
            } catch (InterruptedException e) {
                future.cancel(true);
                Thread.currentThread().interrupt();
                throw Errors.interrupted(registry, e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            }
        }
    }

    /** Reads what is left of a short answer, so that its connection can be used again; a long one is cut off. */
    private static void drain(Answer answer) throws IOException {
        try (InputStream body = answer.body()) {
            long ignored = body.skip(DRAIN_LIMIT);
            assert ignored >= 0;
        }
    }

    private static byte[] beginning(Answer answer) {
        try {
            return answer.body().readNBytes(DRAIN_LIMIT);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    static boolean sameOrigin(URI a, URI b) {
        return lower(a.getScheme()).equals(lower(b.getScheme()))
                && lower(a.getRawAuthority()).equals(lower(b.getRawAuthority()));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
