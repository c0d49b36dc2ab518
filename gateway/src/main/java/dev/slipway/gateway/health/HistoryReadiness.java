package dev.slipway.gateway.health;

import dev.slipway.gateway.builds.BuildHistory;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once everything was read that the log held at the start. */
@Readiness
@Singleton
final class HistoryReadiness implements HealthCheck {
    private final BuildHistory history;

    HistoryReadiness(BuildHistory history) {
        this.history = history;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("event log read")
                .status(history.isCaughtUp())
                .build();
    }
}
