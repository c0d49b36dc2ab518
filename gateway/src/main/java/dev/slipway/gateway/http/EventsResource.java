package dev.slipway.gateway.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.gateway.RequestDocument;
import dev.slipway.gateway.SubmitRequest;
import dev.slipway.gateway.SubmitRequest.Answer;
import dev.slipway.gateway.builds.BuildHistory;
import dev.slipway.gateway.builds.EventLog;
import dev.slipway.gateway.builds.LogPosition;
import dev.slipway.gateway.builds.LoggedEvent;
import dev.slipway.gateway.http.CloudEventBodies.UnreadableException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Events in and out. */
@Path("/v1/events")
@Tag(name = "events")
@RunOnVirtualThread
public class EventsResource {
    private static final int LARGEST_BODY = 1024 * 1024;

    private final SubmitRequest submitRequest;
    private final EventLog log;

    EventsResource(SubmitRequest submitRequest, EventLog log) {
        this.submitRequest = submitRequest;
        this.log = log;
    }

    /** The build that a request is. */
    public record Accepted(@JsonProperty("buildId") String buildId) {}

    @POST
    @Operation(
            operationId = "submitEvent",
            summary = "Submits a request event",
            description =
                    "A CloudEvent 1.0 by the HTTP protocol binding, in binary mode (ce-* headers) or in structured"
                            + " mode. Answered when Kafka has acknowledged it. The same source and id are the same build.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = "application/cloudevents+json",
                        schema = @Schema(type = SchemaType.OBJECT, description = "A structured CloudEvent")),
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(type = SchemaType.OBJECT, description = "The payload; attributes in headers"))
            })
    @APIResponse(
            responseCode = "202",
            description = "Accepted; Location is the build",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Accepted.class)))
    @APIResponse(
            responseCode = "400",
            description = "Everything that is wrong with it",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ErrorBody.class)))
    @APIResponse(responseCode = "413", description = "Larger than 1 MiB")
    @APIResponse(responseCode = "415", description = "A form of CloudEvents that is not read")
    @APIResponse(responseCode = "503", description = "Kafka did not acknowledge it; the same may be sent again")
    public Response submit(InputStream body, RoutingContext routing) {
        byte[] bytes;
        RequestDocument request;
        try {
            bytes = body.readNBytes(LARGEST_BODY + 1);
            if (bytes.length > LARGEST_BODY) {
                return ErrorBody.response(
                        413, "EVENT_TOO_LARGE", "an event has at most %d bytes".formatted(LARGEST_BODY));
            }
            request = CloudEventBodies.read(headers(routing), bytes);
        } catch (UnreadableException e) {
            return ErrorBody.response(e.status(), "EVENT_UNREADABLE", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return switch (submitRequest.submit(CallFilter.tenant(routing), request)) {
            case Answer.Accepted accepted ->
                Response.accepted(new Accepted(accepted.buildId()))
                        .location(URI.create("/v1/builds/" + accepted.buildId()))
                        .build();
            case Answer.Invalid invalid -> ErrorBody.response(400, invalid.violations());
            case Answer.TooLarge tooLarge -> ErrorBody.response(413, "EVENT_TOO_LARGE", tooLarge.message());
            case Answer.Unavailable unavailable -> ErrorBody.response(503, "BUS_UNAVAILABLE", unavailable.message());
        };
    }

    @GET
    @Operation(
            operationId = "streamEvents",
            summary = "Streams all events that Kafka has kept",
            description = "In the order of their times, then as they come. As server-sent events, resumable by"
                    + " Last-Event-ID, or as lines of JSON where application/x-ndjson is accepted.")
    @APIResponse(
            responseCode = "200",
            description = "Structured CloudEvents",
            content = {@Content(mediaType = "text/event-stream"), @Content(mediaType = "application/x-ndjson")})
    @APIResponse(responseCode = "400", description = "A malformed build id or Last-Event-ID")
    @APIResponse(responseCode = "503", description = "Kafka is down, or too many read the whole log already")
    public Response stream(
            @Parameter(description = "Stay at the end and wait for more") @QueryParam("follow") @DefaultValue("false")
                    boolean follow,
            @Parameter(description = "Events of this build only") @QueryParam("build") @Nullable String build,
            @Parameter(description = "The status of workers too, once a second each")
                    @QueryParam("workers")
                    @DefaultValue("false")
                    boolean workers,
            @HeaderParam("Last-Event-ID") @DefaultValue("") String lastEventId,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
            RoutingContext routing) {
        if (build != null && !BuildHistory.isBuildId(build)) {
            return ErrorBody.response(400, "BUILD_ID_MALFORMED", "not a build id: '%s'".formatted(build));
        }
        LogPosition from;
        try {
            from = LogPosition.parse(lastEventId);
        } catch (IllegalArgumentException e) {
            return ErrorBody.response(400, "LAST_EVENT_ID_MALFORMED", String.valueOf(e.getMessage()));
        }
        Predicate<LoggedEvent> wanted =
                event -> build == null || event.buildId().equals(build);
        return EventStream.response(
                log.read(from, follow, workers), EventStream.Format.of(accept), wanted, true, routing);
    }

    private static Map<String, String> headers(RoutingContext routing) {
        Map<String, String> headers = new HashMap<>();
        routing.request().headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }
}
