package dev.slipway.gateway.http;

import dev.slipway.gateway.SpanStore.SpanStoreUnavailableException;
import dev.slipway.gateway.builds.EventLog.LogUnavailableException;
import dev.slipway.oci.StoreException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What callers are told when something fails. */
final class ErrorAnswers {
    private static final Logger LOG = Logger.getLogger(ErrorAnswers.class);

    @ServerExceptionMapper
    Response staging(StoreException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case UNAVAILABLE -> ErrorBody.response(503, "REGISTRY_UNAVAILABLE", message);
            case UNAUTHORIZED -> ErrorBody.response(502, "REGISTRY_UNAUTHORIZED", message);
            case NOT_FOUND, REFUSED, IMMUTABLE, CORRUPT -> ErrorBody.response(502, "REGISTRY_REFUSED", message);
        };
    }

    @ServerExceptionMapper
    Response spans(SpanStoreUnavailableException e) {
        return ErrorBody.response(503, "SPAN_STORE_UNAVAILABLE", String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    Response log(LogUnavailableException e) {
        return ErrorBody.response(503, "BUS_UNAVAILABLE", String.valueOf(e.getMessage()));
    }

    /** The caller stopped in the middle of what it sent; it will hardly read this. */
    @ServerExceptionMapper
    Response body(UncheckedIOException e) {
        return ErrorBody.response(400, "BODY_INCOMPLETE", String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        String reason = e.getResponse().getStatusInfo().getReasonPhrase();
        return ErrorBody.response(status, "HTTP_" + status, reason);
    }

    @ServerExceptionMapper
    Response defect(RuntimeException e) {
        LOG.error("slipway.gateway_failed", e);
        return ErrorBody.response(500, "INTERNAL_ERROR", "the gateway failed; its log says how");
    }
}
