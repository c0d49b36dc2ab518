package dev.slipway.gateway.http;

import dev.slipway.gateway.logs.ReadBuildLog;
import dev.slipway.oci.Digest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What builds have printed. */
@Path("/v1/logs/{digest}")
@Tag(name = "builds")
@RunOnVirtualThread
public class LogsResource {
    private final ReadBuildLog logs;

    LogsResource(ReadBuildLog logs) {
        this.logs = logs;
    }

    @GET
    @Operation(
            operationId = "showLog",
            summary = "Shows what a platform's build has printed",
            description = "Once it has ended; until then, build.logged among the build's events has it as it comes.")
    @APIResponse(responseCode = "200", description = "The text", content = @Content(mediaType = "text/plain"))
    @APIResponse(responseCode = "400", description = "Not a sha256 digest")
    @APIResponse(responseCode = "404", description = "No log has that digest")
    @APIResponse(responseCode = "503", description = "The staging registry is down")
    public Response show(
            @Parameter(description = "Of log in platform-build.built or platform-build.failed") @PathParam("digest")
                    String digest) {
        if (!Digest.isDigest(digest)) {
            return ErrorBody.response(400, "DIGEST_INVALID", "not a sha256 digest: '%s'".formatted(digest));
        }
        Optional<InputStream> text = logs.read(new Digest(digest));
        if (text.isEmpty()) {
            return ErrorBody.response(404, "LOG_UNKNOWN", "staging has no log of the digest %s".formatted(digest));
        }
        StreamingOutput body = out -> {
            try (InputStream in = text.get()) {
                in.transferTo(out);
            }
        };
        return Response.ok(body).type("text/plain; charset=utf-8").build();
    }
}
