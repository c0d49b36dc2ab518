package dev.slipway.build.wiring;

import dev.slipway.build.ImageBuilder;
import dev.slipway.build.kafka.worker.AssignmentReader;
import dev.slipway.build.kafka.worker.BuildStage;
import dev.slipway.build.kafka.worker.StatusReporter;
import dev.slipway.build.kafka.worker.StepSpans;
import dev.slipway.build.kafka.worker.Worker;
import dev.slipway.build.kafka.worker.WorkerProfile;
import dev.slipway.build.work.BuildPlatform;
import dev.slipway.build.work.TimeLimit;
import dev.slipway.build.work.WorkerRuns;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.handling.EventHandling;
import dev.slipway.oci.Platform;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The worker. */
final class WorkerBeans {

    @Produces
    @Singleton
    WorkerProfile profile(BuildServiceConfig config, Instance<ImageBuilder> builders, Clock clock) {
        BuildServiceConfig.Worker worker = config.worker();
        return new WorkerProfile(
                worker.id().or(config::instance).orElseGet(WorkerBeans::hostName),
                clock.millis(),
                worker.pool(),
                worker.labels(),
                List.of(Platform.host().name()),
                worker.emulatedPlatforms().orElse(List.of()),
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
    Worker worker(
            WorkerProfile profile,
            WorkerRuns runs,
            EventHandling handling,
            StatusReporter status,
            StagingRepository staging,
            Instance<ImageBuilder> builders,
            EventPublisher publisher,
            Tracer tracer,
            Clock clock) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("build timeouts").daemon().factory());
        BuildStage stage = new BuildStage(
                new BuildPlatform(staging.store(), builders.stream().toList()),
                publisher,
                new StepSpans(tracer, clock),
                new TimeLimit(timer),
                clock);
        return new Worker(profile, runs, handling, stage, status::changed);
    }

    @Produces
    @Singleton
    AssignmentReader assignments(
            Worker worker,
            StatusReporter status,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "latest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                5000);
        return new AssignmentReader(
                () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                worker,
                status);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("this host has no name: set slipway.worker.id", e);
        }
    }
}
