package dev.slipway.build.health;

import dev.slipway.build.kafka.worker.StatusReporter;
import dev.slipway.build.scheduler.SchedulerStreams;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** What the roles of this process say about their health; a role that it does not have says nothing. */
public final class Probes {
    private final Optional<SchedulerStreams> scheduler;
    private final Optional<StatusReporter> worker;
    private final Duration silence;
    private final Clock clock;

    /**
     * Looks at running parts.
     *
     * @param silence for how long a worker's status may be unacknowledged
     */
    public Probes(
            Optional<SchedulerStreams> scheduler, Optional<StatusReporter> worker, Duration silence, Clock clock) {
        this.scheduler = scheduler;
        this.worker = worker;
        this.silence = silence;
        this.clock = clock;
    }

    /** Ready when builds are assigned, and when this worker can be chosen. */
    HealthCheckResponse ready() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("build-service roles");
        boolean schedules = scheduler.map(SchedulerStreams::isRunning).orElse(true);
        boolean works = worker.map(this::isHeard).orElse(true);
        scheduler.ifPresent(streams -> response.withData("scheduler", schedules));
        worker.ifPresent(status -> response.withData("worker", works));
        return response.status(schedules && works).build();
    }

    private boolean isHeard(StatusReporter status) {
        return status.acknowledged().plus(silence).isAfter(clock.instant());
    }
}
