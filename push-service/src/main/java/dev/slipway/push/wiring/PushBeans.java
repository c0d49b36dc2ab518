package dev.slipway.push.wiring;

import dev.slipway.events.Topic;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.kafka.KafkaAccess;
import dev.slipway.kit.kafka.LogConsumers;
import dev.slipway.kit.metrics.Meters;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import dev.slipway.push.TargetRegistries;
import dev.slipway.push.access.Access;
import dev.slipway.push.access.file.AccessFile;
import dev.slipway.push.health.PublishLogReadiness;
import dev.slipway.push.kafka.CopyStage;
import dev.slipway.push.kafka.EarlierTerms;
import dev.slipway.push.kafka.RollBackStage;
import dev.slipway.push.kafka.StageImageStage;
import dev.slipway.push.kafka.access.DecideAccess;
import dev.slipway.push.kafka.log.PublishLog;
import dev.slipway.push.kafka.moving.MoveTagsStage;
import dev.slipway.push.moving.GiveUpPublish;
import dev.slipway.push.moving.PublishImage;
import dev.slipway.push.registry.OciRegistries;
import dev.slipway.push.rollback.FindEarlierImage;
import dev.slipway.push.source.FindAttachments;
import dev.slipway.push.source.FindCopy;
import dev.slipway.push.source.FindImage;
import dev.slipway.push.source.ImageSources;
import dev.slipway.push.staging.StageImage;
import dev.slipway.push.tracing.SpanRetries;
import dev.slipway.push.tracing.SpanSteps;
import dev.slipway.push.work.Parallel;
import dev.slipway.push.work.Pauses;
import dev.slipway.push.work.Work;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Produces the parts of this service. */
final class PushBeans {
    private static final Logger LOG = Logger.getLogger(PushBeans.class);

    @Produces
    @Singleton
    RegistryClient registryClient(Meters meters) {
        return new RegistryClient(RegistryOptions.ofUser(System.getenv(), Path.of(System.getProperty("user.home")))
                .retryObserver(new SpanRetries())
                .observers(meters::registry)
                .build());
    }

    void close(@Disposes RegistryClient client) {
        client.close();
    }

    @Produces
    @Singleton
    Work work(Tracer tracer, Clock clock) {
        Parallel parallel = new Parallel(
                work -> Thread.ofVirtual().unstarted(Context.current().wrap(work)));
        return new Work(parallel, Pauses.waiting(), new SpanSteps(tracer), clock);
    }

    @Produces
    @Singleton
    ImageSources imageSources(
            RegistryClient client, PushConfig config, @ConfigProperty(name = "slipway.staging") String staging) {
        return new RegistrySources(client, config, Reference.parse(staging).repository());
    }

    @Produces
    @Singleton
    TargetRegistries targetRegistries(RegistryClient client, PushConfig config, Work work) {
        return new OciRegistries(
                client,
                config.requestsAtOnce(),
                config.uploadsAtOnce(),
                work.pauses(),
                config.holdTags().orElse(Set.of()));
    }

    @Produces
    @Singleton
    LogConsumers logConsumers(KafkaAccess kafka) {
        return new LogConsumers(
                kafka,
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        // a broker answers the requests of a connection in turn: a fetch that waits holds up the next
                        // question
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        5,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        Topic.MAX_DEAD_LETTER_BYTES,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        10_000,
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        5_000));
    }

    @Produces
    @Singleton
    PublishLog publishLog(LogConsumers consumers) {
        return new PublishLog(consumers);
    }

    void close(@Disposes PublishLog log) {
        log.close();
    }

    /** Made at the start, so that rules that cannot be understood are heard of before the first request. */
    @Produces
    @Singleton
    @Startup
    DecideAccess decideAccess(PushConfig config, EventPublisher publisher) {
        Access access = config.access().<Access>map(AccessFile::new).orElse(Optional::empty);
        access.rules().ifPresent(rules -> LOG.infof("slipway.access_rules digest=%s", rules.digest()));
        return new DecideAccess(access, publisher);
    }

    @Produces
    @Singleton
    StageImageStage stageImageStage(
            ImageSources sources,
            TargetRegistries registries,
            DecideAccess access,
            PublishLog log,
            EventPublisher publisher,
            PushConfig config,
            Work work) {
        StageImage stageImage =
                new StageImage(sources.staging(), registries, config.verify().limits(), work);
        return new StageImageStage(stageImage, access, log, publisher, work);
    }

    @Produces
    @Singleton
    RollBackStage rollBackStage(
            ImageSources sources,
            TargetRegistries registries,
            DecideAccess access,
            PublishLog log,
            EventPublisher publisher,
            PushConfig config,
            Work work) {
        return new RollBackStage(
                new FindEarlierImage(log, registries),
                access,
                new FindImage(sources),
                new EarlierTerms(log, new FindAttachments(work.parallel())),
                source -> new StageImage(source, registries, config.verify().limits(), work),
                log,
                publisher);
    }

    @Produces
    @Singleton
    CopyStage copyStage(
            ImageSources sources,
            TargetRegistries registries,
            DecideAccess access,
            PublishLog log,
            EventPublisher publisher,
            PushConfig config,
            Work work) {
        return new CopyStage(
                new FindCopy(sources, new FindAttachments(work.parallel())),
                access,
                source -> new StageImage(source, registries, config.verify().limits(), work),
                log,
                publisher);
    }

    @Produces
    @Singleton
    MoveTagsStage moveTagsStage(
            ImageSources sources,
            TargetRegistries registries,
            DecideAccess access,
            PublishLog log,
            EventPublisher publisher,
            PushConfig config,
            Work work) {
        Set<String> immutable = config.immutableRegistries().orElse(Set.of());
        var limits = config.move().limits();
        return new MoveTagsStage(
                journal -> new PublishImage(
                        journal, log, registries, sources.staging().manifests(), immutable, limits, work),
                journal -> new GiveUpPublish(journal, log, registries, limits, work),
                access,
                log,
                publisher,
                work.clock());
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck publishLogReadiness(PublishLog log) {
        return new PublishLogReadiness(log::wasRead);
    }
}
