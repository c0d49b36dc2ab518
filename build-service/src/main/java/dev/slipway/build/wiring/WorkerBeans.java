package dev.slipway.build.wiring;

import dev.slipway.build.Hosts;
import dev.slipway.build.ImageBuilder;
import dev.slipway.build.attest.AttestInStaging;
import dev.slipway.build.attest.Identity;
import dev.slipway.build.kafka.worker.AssignmentReader;
import dev.slipway.build.kafka.worker.BuildStage;
import dev.slipway.build.kafka.worker.KeptLogs;
import dev.slipway.build.kafka.worker.StatusReporter;
import dev.slipway.build.kafka.worker.StepSpans;
import dev.slipway.build.kafka.worker.Worker;
import dev.slipway.build.kafka.worker.WorkerProfile;
import dev.slipway.build.staging.StagedBuildLogs;
import dev.slipway.build.work.AttestImage;
import dev.slipway.build.work.BuildPlatform;
import dev.slipway.build.work.TimeLimit;
import dev.slipway.build.work.WorkerRuns;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.handling.EventHandling;
import dev.slipway.kit.kafka.KafkaAccess;
import dev.slipway.kit.kafka.LogConsumers;
import dev.slipway.oci.Platform;
import dev.slipway.sbom.image.CatalogueImage;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The worker. */
final class WorkerBeans {

    @Produces
    @Singleton
    WorkerProfile profile(BuildServiceConfig config, Instance<ImageBuilder> builders, Clock clock) {
        BuildServiceConfig.Worker worker = config.worker();
        Hosts hosts = hosts(worker, builders);
        return new WorkerProfile(
                worker.id().or(config::instance).orElseGet(WorkerBeans::hostName),
                clock.millis(),
                worker.pool(),
                worker.labels(),
                names(hosts.natively()),
                names(hosts.emulated()),
                builders.stream().map(ImageBuilder::name).toList(),
                worker.slots());
    }

    @Produces
    @Singleton
    WorkerRuns runs() {
        return new WorkerRuns();
    }

    @Produces
    @Singleton
    StatusReporter status(
            BuildServiceConfig config,
            WorkerProfile profile,
            WorkerRuns runs,
            EventPublisher publisher,
            EventWriter writer,
            Clock clock) {
        return new StatusReporter(
                profile, runs, publisher, writer, clock, config.worker().statusPeriod());
    }

    @Produces
    @Singleton
    AttestImage attestImage(
            BuildServiceConfig config,
            StagingRepository staging,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        BuildServiceConfig.Worker worker = config.worker();
        return new AttestInStaging(
                staging.store(),
                new CatalogueImage(worker.directory().toAbsolutePath()),
                new Identity(worker.builderId(), version));
    }

    @Produces
    @Singleton
    Worker worker(
            WorkerProfile profile,
            WorkerRuns runs,
            EventHandling handling,
            StatusReporter status,
            StagingRepository staging,
            Instance<ImageBuilder> builders,
            AttestImage attestImage,
            EventPublisher publisher,
            BuildServiceConfig config,
            Tracer tracer,
            Clock clock) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("build timeouts").daemon().factory());
        BuildStage stage = new BuildStage(
                new BuildPlatform(staging.store(), builders.stream().toList(), attestImage),
                publisher,
                new StepSpans(tracer, clock),
                new KeptLogs(
                        new StagedBuildLogs(staging.store()),
                        config.worker().directory().toAbsolutePath().resolve("logs"),
                        KeptLogs.MAX_CHARACTERS),
                new TimeLimit(timer),
                clock);
        return new Worker(profile, runs, handling, stage, status::changed);
    }

    @Produces
    @Singleton
    LogConsumers logConsumers(KafkaAccess kafka) {
        return new LogConsumers(
                kafka,
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "latest",
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        5000));
    }

    @Produces
    @Singleton
    AssignmentReader assignments(Worker worker, StatusReporter status, LogConsumers consumers) {
        return new AssignmentReader(consumers, worker, status);
    }

    /** What the builders run on; where none of them runs anything, this machine. */
    private static Hosts hosts(BuildServiceConfig.Worker worker, Instance<ImageBuilder> builders) {
        List<Hosts> all = builders.stream().map(ImageBuilder::hosts).toList();
        Set<Platform> natively = new LinkedHashSet<>(platforms(worker.nativePlatforms())
                .orElseGet(() ->
                        all.stream().flatMap(hosts -> hosts.natively().stream()).toList()));
        if (natively.isEmpty()) {
            natively.add(Platform.host());
        }
        Set<Platform> emulated = new LinkedHashSet<>(platforms(worker.emulatedPlatforms())
                .orElseGet(() ->
                        all.stream().flatMap(hosts -> hosts.emulated().stream()).toList()));
        emulated.removeAll(natively);
        return new Hosts(List.copyOf(natively), List.copyOf(emulated));
    }

    private static Optional<List<Platform>> platforms(Optional<List<String>> names) {
        return names.map(list -> list.stream().map(Platform::parse).toList());
    }

    private static List<String> names(List<Platform> platforms) {
        return platforms.stream().map(Platform::name).toList();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("this host has no name: set slipway.worker.id", e);
        }
    }
}
