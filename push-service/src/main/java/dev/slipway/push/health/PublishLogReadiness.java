package dev.slipway.push.health;

import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Ready when it is known what earlier processes have begun and ended. */
public final class PublishLogReadiness implements HealthCheck {
    private final BooleanSupplier wasRead;

    public PublishLogReadiness(BooleanSupplier wasRead) {
        this.wasRead = wasRead;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("publish log")
                .status(wasRead.getAsBoolean())
                .build();
    }
}
