package dev.slipway.gateway.http;

import dev.slipway.gateway.Authorisation;
import dev.slipway.gateway.Authorisation.Action;
import dev.slipway.gateway.Authorisation.Caller;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Asks for every call whether it may be made, and notes for whom. */
final class CallFilter {
    private static final String TENANT = "slipway.tenant";

    private final Authorisation authorisation;

    CallFilter(Authorisation authorisation) {
        this.authorisation = authorisation;
    }

    @ServerRequestFilter
    Optional<Response> filter(ContainerRequestContext call, RoutingContext routing) {
        Action action = action(call.getMethod(), call.getUriInfo().getPath());
        return switch (authorisation.decide(caller(routing.request()), action)) {
            case Authorisation.Decision.Allowed allowed -> {
                routing.put(TENANT, allowed.tenant());
                yield Optional.empty();
            }
            case Authorisation.Decision.Denied denied ->
                Optional.of(ErrorBody.response(403, "FORBIDDEN", denied.reason()));
        };
    }

    /** For whom a call is made that was let in. */
    static String tenant(RoutingContext routing) {
        return Objects.requireNonNull(routing.<String>get(TENANT), "the filter lets no call in without a tenant");
    }

    private static Action action(String method, String path) {
        boolean reads = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
        if (reads) {
            return Action.READ;
        }
        String relative = path.startsWith("/") ? path.substring(1) : path;
        if (relative.startsWith("v1/contexts/")) {
            return Action.STAGE;
        }
        if (relative.startsWith("v1/dead-letters/")) {
            return Action.REPLAY;
        }
        return relative.startsWith("v1/traces") ? Action.TRACE : Action.SUBMIT;
    }

    private static Caller caller(HttpServerRequest request) {
        String address =
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        return new Caller(
                address == null ? "" : address, Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)));
    }
}
