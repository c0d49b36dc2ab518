package dev.slipway.gateway.http;

import dev.slipway.gateway.FindContext;
import dev.slipway.gateway.StoreContext;
import dev.slipway.gateway.StoreContext.Answer;
import dev.slipway.gateway.StoreContext.Part;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Build contexts on their way into staging. */
@Path("/v1/contexts/{digest}")
@Tag(name = "contexts")
@RunOnVirtualThread
public class ContextsResource {
    private final FindContext findContext;
    private final StoreContext storeContext;

    ContextsResource(FindContext findContext, StoreContext storeContext) {
        this.findContext = findContext;
        this.storeContext = storeContext;
    }

    @HEAD
    @Operation(operationId = "findContext", summary = "Tells whether staging has a blob or a manifest")
    @APIResponse(responseCode = "200", description = "It is there")
    @APIResponse(responseCode = "400", description = "Not a sha256 digest")
    @APIResponse(responseCode = "404", description = "It is not there")
    @APIResponse(responseCode = "503", description = "The staging registry is down")
    public Response find(@PathParam("digest") String digest) {
        if (!Digest.isDigest(digest)) {
            return Response.status(400).build();
        }
        boolean there = findContext.isThere(new Digest(digest));
        return Response.status(there ? 200 : 404).build();
    }

    @PUT
    @Operation(
            operationId = "storeContext",
            summary = "Streams a blob or manifest into staging",
            description = "Verified on the way. A body of the OCI image manifest's media type is stored as a manifest.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = "application/octet-stream",
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = MediaTypes.IMAGE_MANIFEST, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(responseCode = "200", description = "It was there already")
    @APIResponse(responseCode = "201", description = "It is stored")
    @APIResponse(
            responseCode = "400",
            description = "The content has another digest; the message names both, and nothing is stored",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ErrorBody.class)))
    @APIResponse(responseCode = "411", description = "There is no Content-Length")
    @APIResponse(responseCode = "502", description = "The staging registry refuses it")
    @APIResponse(responseCode = "503", description = "The staging registry is down")
    public Response store(
            @PathParam("digest") String digest,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_LENGTH) @DefaultValue("-1") long length,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @DefaultValue("") String contentType,
            InputStream body) {
        if (!Digest.isDigest(digest)) {
            return ErrorBody.response(400, "DIGEST_INVALID", "not a sha256 digest: '%s'".formatted(digest));
        }
        if (length < 0) {
            return ErrorBody.response(411, "LENGTH_REQUIRED", "the Content-Length of %s is wanted".formatted(digest));
        }
        Optional<String> manifestType =
                contentType.equals(MediaTypes.IMAGE_MANIFEST) ? Optional.of(contentType) : Optional.empty();
        return switch (storeContext.store(new Part(new Digest(digest), length, manifestType, body))) {
            case Answer.Written written -> Response.status(201).build();
            case Answer.Present present -> Response.status(200).build();
            case Answer.Mismatch mismatch -> ErrorBody.response(400, "DIGEST_MISMATCH", mismatch.message());
        };
    }
}
