package dev.slipway.build.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether this process does what its roles say. */
@Readiness
@ApplicationScoped
public class RolesReady implements HealthCheck {
    private final Probes probes;

    public RolesReady(Probes probes) {
        this.probes = probes;
    }

    @Override
    public HealthCheckResponse call() {
        return probes.ready();
    }
}
