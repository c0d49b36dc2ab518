package dev.slipway.build.wiring;

import dev.slipway.build.kafka.planner.WorkersHeard;
import dev.slipway.build.kafka.worker.AssignmentReader;
import dev.slipway.build.kafka.worker.StatusReporter;
import dev.slipway.build.kafka.worker.Worker;
import dev.slipway.build.scheduler.SchedulerStreams;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

/** Starts what this process's roles need, and ends it: the worker first, so that the scheduler can give its builds to others. */
@ApplicationScoped
class Lifecycle {
    private final BuildServiceConfig config;
    private final Instance<SchedulerStreams> scheduler;
    private final Instance<AssignmentReader> assignments;
    private final Instance<StatusReporter> status;
    private final Instance<Worker> worker;
    private final Instance<WorkersHeard> workers;

    Lifecycle(
            BuildServiceConfig config,
            Instance<SchedulerStreams> scheduler,
            Instance<AssignmentReader> assignments,
            Instance<StatusReporter> status,
            Instance<Worker> worker,
            Instance<WorkersHeard> workers) {
        this.config = config;
        this.scheduler = scheduler;
        this.assignments = assignments;
        this.status = status;
        this.worker = worker;
        this.workers = workers;
    }

    void start(@Observes StartupEvent event) {
        if (config.roles().contains(Role.SCHEDULER)) {
            scheduler.get().start();
        }
        if (config.roles().contains(Role.PLANNER)) {
            workers.get().start();
        }
        if (config.roles().contains(Role.WORKER)) {
            assignments.get().start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (config.roles().contains(Role.WORKER)) {
            status.get().drain();
            worker.get().drain(config.worker().drain());
            assignments.get().stop();
            status.get().stop();
        }
        if (config.roles().contains(Role.PLANNER)) {
            workers.get().stop();
        }
        if (config.roles().contains(Role.SCHEDULER)) {
            scheduler.get().stop();
        }
    }
}
