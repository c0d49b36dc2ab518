package dev.slipway.gateway.http;

import dev.slipway.gateway.builds.BuildHistory;
import dev.slipway.gateway.letters.DeadLetters;
import dev.slipway.gateway.letters.DeadLetters.Replay;
import dev.slipway.gateway.letters.LetterId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Dead letters: what they are, why, and once more from the beginning. */
@Path("/v1/dead-letters")
@Tag(name = "dead-letters")
@RunOnVirtualThread
public class DeadLettersResource {
    private static final int LARGEST_PAGE = 1000;

    private final DeadLetters letters;

    DeadLettersResource(DeadLetters letters) {
        this.letters = letters;
    }

    @GET
    @Operation(operationId = "listDeadLetters", summary = "Lists the latest dead letters, the newest first")
    @APIResponse(
            responseCode = "200",
            description = "Dead letters, without what is in them",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = DeadLetterView.Page.class)))
    @APIResponse(responseCode = "400", description = "A limit below 1 or above 1000, or a malformed build id")
    @APIResponse(responseCode = "503", description = "Kafka is down, or too many read the dead letters already")
    public Response list(
            @Parameter(description = "At most so many") @QueryParam("limit") @DefaultValue("100") int limit,
            @Parameter(description = "Those of this build only") @QueryParam("build") @Nullable String build) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            return ErrorBody.response(
                    400, "LIMIT_INVALID", "limit is from 1 to %d, not %d".formatted(LARGEST_PAGE, limit));
        }
        if (build != null && !BuildHistory.isBuildId(build)) {
            return ErrorBody.response(400, "BUILD_ID_MALFORMED", "not a build id: '%s'".formatted(build));
        }
        return Response.ok(new DeadLetterView.Page(letters.latest(limit, Optional.ofNullable(build)).stream()
                        .map(DeadLetterView::of)
                        .toList()))
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "showDeadLetter",
            summary = "Shows a dead letter with its headers and the first 64 KiB of its value")
    @APIResponse(
            responseCode = "200",
            description = "The dead letter",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = DeadLetterView.Whole.class)))
    @APIResponse(responseCode = "404", description = "There is none, or it is kept no longer")
    @APIResponse(responseCode = "503", description = "Kafka is down, or too many read the dead letters already")
    public Response show(@PathParam("id") String id) {
        return LetterId.parse(id)
                .flatMap(letters::find)
                .map(found -> Response.ok(DeadLetterView.Whole.of(found)).build())
                .orElseGet(() -> unknown(id));
    }

    @POST
    @Path("/{id}/replay")
    @Operation(
            operationId = "replayDeadLetter",
            summary = "Sends the record again to the topic on which it lay, as it was",
            description = "Answered when Kafka has acknowledged it, and the note that it was sent.")
    @APIResponse(
            responseCode = "200",
            description = "The dead letter that was sent",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = DeadLetterView.class)))
    @APIResponse(responseCode = "404", description = "There is none, or it is kept no longer")
    @APIResponse(responseCode = "409", description = "It was sent again before, or cannot be sent")
    @APIResponse(responseCode = "503", description = "Kafka is down, or does not let the gateway write there")
    public Response replay(
            @PathParam("id") String id,
            @Parameter(description = "Also one that was sent again before") @QueryParam("again") @DefaultValue("false")
                    boolean again) {
        return switch (LetterId.parse(id)
                .map(known -> letters.replay(known, again))
                .orElseGet(Replay.Unknown::new)) {
            case Replay.Sent sent ->
                Response.ok(DeadLetterView.of(sent.letter())).build();
            case Replay.Unknown unknown -> unknown(id);
            case Replay.SentBefore before ->
                ErrorBody.response(
                        409, "DEAD_LETTER_REPLAYED", "dead letter %s was sent again at %s".formatted(id, before.at()));
            case Replay.Impossible impossible ->
                ErrorBody.response(
                        409,
                        "DEAD_LETTER_NOT_REPLAYABLE",
                        "dead letter %s cannot be sent again: %s".formatted(id, impossible.reason()));
        };
    }

    private static Response unknown(String id) {
        return ErrorBody.response(404, "DEAD_LETTER_UNKNOWN", "there is no dead letter '%s'".formatted(id));
    }
}
