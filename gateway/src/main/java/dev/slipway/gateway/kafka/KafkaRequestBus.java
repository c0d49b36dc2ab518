package dev.slipway.gateway.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.events.EventIds;
import dev.slipway.events.EventType;
import dev.slipway.events.RequestEvent;
import dev.slipway.gateway.RequestBus;
import dev.slipway.gateway.RequestDocument;
import dev.slipway.gateway.RequestRefusedException;
import dev.slipway.gateway.RequestRefusedException.Reason;
import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.Envelope.TraceOrigin;
import dev.slipway.kit.events.EventJson;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventTooLargeException;
import dev.slipway.kit.events.TraceParent;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Sends requests to the topic of their tenant, in binary mode and in normal form. */
public final class KafkaRequestBus implements RequestBus {
    private final EventPublisher publisher;

    public KafkaRequestBus(EventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public String send(String tenant, RequestDocument request) {
        RequestEvent event = payload(request);
        String buildId = event.buildIdOf(request.attribute("source"), request.attribute("id"));
        Envelope envelope = envelope(request, buildId);
        // a request without a trace starts one with its first stage; the span of this call would pose as its parent
        Context context = envelope.traceOrigin() == TraceOrigin.GIVEN ? Context.current() : Context.root();
        try (Scope ignored = context.makeCurrent()) {
            publisher.publishRequest(tenant, envelope, event);
        } catch (BusUnavailableException e) {
            throw new RequestRefusedException(Reason.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        } catch (EventTooLargeException e) {
            throw new RequestRefusedException(Reason.TOO_LARGE, String.valueOf(e.getMessage()), e);
        }
        return buildId;
    }

    private static RequestEvent payload(RequestDocument request) {
        EventType type = EventType.ofType(request.attribute("type")).orElseThrow();
        try {
            return (RequestEvent) EventJson.mapper().readValue(request.data(), type.payload());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request that keeps its schema cannot be read", e);
        }
    }

    private static Envelope envelope(RequestDocument request, String buildId) {
        Optional<TraceParent> trace = TraceParent.read(request.attribute("traceparent"));
        return new Envelope(
                request.attribute("id"),
                request.attribute("type"),
                request.attribute("source"),
                Optional.of(request.attribute("subject")).filter(subject -> !subject.isEmpty()),
                OffsetDateTime.parse(request.attribute("time")).toInstant(),
                Optional.empty(),
                Optional.empty(),
                trace.orElseGet(() -> new TraceParent(EventIds.traceparent(buildId))),
                trace.isPresent() ? TraceOrigin.GIVEN : TraceOrigin.DERIVED,
                Optional.empty());
    }
}
