package dev.slipway.gateway.http;

import dev.slipway.gateway.fleet.Fleet;
import dev.slipway.gateway.fleet.FleetWorker;
import dev.slipway.gateway.fleet.FleetWorker.Running;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The fleet: who builds, and what. */
@Path("/v1/builders")
@Tag(name = "builders")
@RunOnVirtualThread
public class BuildersResource {
    private final Fleet fleet;

    BuildersResource(Fleet fleet) {
        this.fleet = fleet;
    }

    /** The fleet as JSON. */
    record FleetView(List<WorkerView> builders) {}

    /** A worker as JSON; states are ready, draining, silent. */
    record WorkerView(
            String worker,
            String pool,
            String state,
            Map<String, String> labels,
            List<String> nativePlatforms,
            List<String> emulatedPlatforms,
            List<String> drivers,
            int slots,
            List<Running> running,
            Instant reportedAt) {

        static WorkerView of(FleetWorker worker) {
            return new WorkerView(
                    worker.worker(),
                    worker.pool(),
                    worker.state().name().toLowerCase(Locale.ROOT),
                    new TreeMap<>(worker.labels()),
                    worker.nativePlatforms(),
                    worker.emulatedPlatforms(),
                    worker.builders(),
                    worker.slots(),
                    worker.running(),
                    worker.reportedAt());
        }
    }

    @GET
    @Operation(
            operationId = "listBuilders",
            summary = "Lists the workers that build",
            description = "Those that have reported within two minutes, by name, and what each of them builds.")
    @APIResponse(
            responseCode = "200",
            description = "The fleet",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = FleetView.class)))
    @APIResponse(responseCode = "503", description = "Kafka cannot be read")
    public FleetView list() {
        return new FleetView(fleet.workers().stream().map(WorkerView::of).toList());
    }
}
