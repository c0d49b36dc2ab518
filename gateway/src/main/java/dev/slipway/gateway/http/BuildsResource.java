package dev.slipway.gateway.http;

import dev.slipway.gateway.builds.BuildHistory;
import dev.slipway.gateway.builds.BuildHistory.Found;
import dev.slipway.gateway.builds.BuildState;
import dev.slipway.gateway.builds.LogPosition;
import dev.slipway.gateway.builds.Until;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Builds: where they stand, and what happens to them. */
@Path("/v1/builds")
@Tag(name = "builds")
@RunOnVirtualThread
public class BuildsResource {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_PAGE = 500;

    private final BuildHistory history;

    BuildsResource(BuildHistory history) {
        this.history = history;
    }

    @GET
    @Operation(
            operationId = "listBuilds",
            summary = "Lists the latest builds",
            description = "The one first that was changed last. How many are kept is the gateway's configuration.")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = BuildView.Page.class)))
    @APIResponse(responseCode = "400", description = "A limit below 1 or above 500")
    public Response list(
            @Parameter(description = "Builds on a page") @QueryParam("limit") @DefaultValue("100") int limit,
            @Parameter(description = "next of the page before") @QueryParam("after") @Nullable String after)
            throws InterruptedException {
        if (limit < 1 || limit > LARGEST_PAGE) {
            return ErrorBody.response(
                    400, "LIMIT_INVALID", "limit is from 1 to %d, not %d".formatted(LARGEST_PAGE, limit));
        }
        if (!history.awaitCaughtUp(PATIENCE)) {
            return notReady();
        }
        List<BuildState> rest = history.states().stream()
                .dropWhile(state -> after != null && pageKey(state).compareTo(after) >= 0)
                .toList();
        List<BuildState> page = rest.subList(0, Math.min(limit, rest.size()));
        Optional<String> next = page.size() < rest.size() ? Optional.of(pageKey(page.getLast())) : Optional.empty();
        return Response.ok(new BuildView.Page(page.stream().map(BuildView::of).toList(), next))
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "showBuild", summary = "Shows where a build stands")
    @APIResponse(
            responseCode = "200",
            description = "The build",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = BuildView.class)))
    @APIResponse(responseCode = "404", description = "No build has that id")
    @APIResponse(responseCode = "409", description = "Several builds begin so; the message names them")
    public Response show(
            @Parameter(description = "The build id, or the beginning of it that only it has") @PathParam("id")
                    String id)
            throws InterruptedException {
        if (!history.awaitCaughtUp(PATIENCE)) {
            return notReady();
        }
        return switch (history.find(id)) {
            case Found.One one ->
                history.state(one.buildId())
                        .map(state -> Response.ok(BuildView.of(state)).build())
                        .orElseGet(() -> unknown(id));
            case Found.Several several -> ambiguous(id, several);
            case Found.None none -> unknown(id);
            case Found.Malformed malformed -> malformed(id);
        };
    }

    @GET
    @Path("/{id}/events")
    @Operation(
            operationId = "followBuild",
            summary = "Streams the events of a build from the first on",
            description =
                    "As server-sent events: id is for Last-Event-ID and stays good over restarts of the gateway, event"
                            + " is the type, data is the structured CloudEvent. A build that nobody knows yet is waited for. As"
                            + " lines of JSON where application/x-ndjson is accepted.")
    @APIResponse(
            responseCode = "200",
            description = "Structured CloudEvents",
            content = {@Content(mediaType = "text/event-stream"), @Content(mediaType = "application/x-ndjson")})
    @APIResponse(responseCode = "400", description = "A malformed Last-Event-ID, or an unknown until")
    @APIResponse(responseCode = "404", description = "No build id, or the beginning of none")
    @APIResponse(responseCode = "409", description = "Several builds begin so; the message names them")
    public Response follow(
            @PathParam("id") String id,
            @Parameter(
                            description =
                                    "End the stream with the event that ends this: assembled, published or warmed, or"
                                            + " that says it will not be reached. Without it the stream stays open.",
                            schema = @Schema(enumeration = {"assembled", "published", "warmed"}))
                    @QueryParam("until")
                    @Nullable
                    String until,
            @Parameter(
                            description =
                                    "Whether to wait for what is still to come; a build that nobody knows is waited for")
                    @QueryParam("follow")
                    @DefaultValue("true")
                    boolean follow,
            @HeaderParam("Last-Event-ID") @DefaultValue("") String lastEventId,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
            RoutingContext routing)
            throws InterruptedException {
        Optional<Until> end = until == null ? Optional.empty() : Until.parse(until);
        if (until != null && end.isEmpty()) {
            return ErrorBody.response(
                    400, "UNTIL_INVALID", "until is assembled, published or warmed, not '%s'".formatted(until));
        }
        LogPosition from;
        try {
            from = LogPosition.parse(lastEventId);
        } catch (IllegalArgumentException e) {
            return ErrorBody.response(400, "LAST_EVENT_ID_MALFORMED", String.valueOf(e.getMessage()));
        }
        if (!history.awaitCaughtUp(PATIENCE)) {
            return notReady();
        }
        return switch (follow && BuildHistory.isBuildId(id) ? new Found.One(id) : history.find(id)) {
            case Found.One one ->
                EventStream.response(
                        history.follow(one.buildId(), from, end),
                        EventStream.Format.of(accept),
                        event -> true,
                        follow,
                        routing);
            case Found.Several several -> ambiguous(id, several);
            case Found.None none -> unknown(id);
            case Found.Malformed malformed -> malformed(id);
        };
    }

    private static String pageKey(BuildState state) {
        Instant at = state.updatedAt();
        return "%012d.%09d~%s".formatted(at.getEpochSecond(), at.getNano(), state.buildId());
    }

    private static Response notReady() {
        return ErrorBody.response(503, "NOT_READY", "the gateway has not yet read all that Kafka holds");
    }

    private static Response unknown(String id) {
        return ErrorBody.response(404, "BUILD_UNKNOWN", "no build has the id '%s'".formatted(id));
    }

    private static Response malformed(String id) {
        return ErrorBody.response(
                404,
                "BUILD_ID_MALFORMED",
                "not a build id: '%s'; it has 32 hex digits, and 4 of them may be enough".formatted(id));
    }

    private static Response ambiguous(String id, Found.Several several) {
        return ErrorBody.response(
                409, "BUILD_ID_AMBIGUOUS", "'%s' begins %s".formatted(id, String.join(", ", several.buildIds())));
    }
}
