package dev.slipway.gateway.http;

import dev.slipway.gateway.SpanStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Spans in, traces out; the span store does the work. */
@Path("/v1/traces")
@Tag(name = "traces")
@RunOnVirtualThread
public class TracesResource {
    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");

    private final SpanStore spans;

    TracesResource(SpanStore spans) {
        this.spans = spans;
    }

    @POST
    @Operation(operationId = "exportSpans", summary = "Takes spans by OTLP/HTTP, as JSON or protobuf")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)),
                @Content(
                        mediaType = "application/x-protobuf",
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(responseCode = "200", description = "What the span store answered")
    @APIResponse(responseCode = "503", description = "There is no span store, or it is down")
    public Response export(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @DefaultValue("application/x-protobuf")
                    String contentType,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_ENCODING) @DefaultValue("") String encoding,
            InputStream body) {
        return response(spans.export(contentType, encoding, body));
    }

    @GET
    @Path("/{traceId}")
    @Operation(operationId = "showTrace", summary = "Shows the spans of a trace")
    @APIResponse(responseCode = "200", description = "What the span store answered")
    @APIResponse(responseCode = "400", description = "Not a trace id")
    @APIResponse(responseCode = "503", description = "There is no span store, or it is down")
    public Response show(@PathParam("traceId") String traceId) {
        if (!TRACE_ID.matcher(traceId).matches()) {
            return ErrorBody.response(400, "TRACE_ID_MALFORMED", "not a trace id: '%s'".formatted(traceId));
        }
        return response(spans.trace(traceId));
    }

    private static Response response(SpanStore.Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        if (!answer.contentType().isEmpty()) {
            response.type(answer.contentType());
        }
        StreamingOutput body = out -> {
            try (InputStream in = answer.body()) {
                in.transferTo(out);
            }
        };
        return response.entity(body).build();
    }
}
