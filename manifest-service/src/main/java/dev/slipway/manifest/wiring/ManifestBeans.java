package dev.slipway.manifest.wiring;

import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.kafka.KafkaAccess;
import dev.slipway.kit.metrics.Meters;
import dev.slipway.kit.tracing.StageSpans;
import dev.slipway.manifest.AssembleIndex;
import dev.slipway.manifest.Gate;
import dev.slipway.manifest.Signatures;
import dev.slipway.manifest.WriteIndex;
import dev.slipway.manifest.change.ChangeIndex;
import dev.slipway.manifest.children.StagedImages;
import dev.slipway.manifest.children.VerifiedLayers;
import dev.slipway.manifest.children.VerifyChildren;
import dev.slipway.manifest.children.VerifyLimits;
import dev.slipway.manifest.join.JoinTopology;
import dev.slipway.manifest.kafka.AssembleStage;
import dev.slipway.manifest.kafka.ChangeIndexStage;
import dev.slipway.manifest.keys.KubernetesKeys;
import dev.slipway.manifest.keys.SigningKeys;
import dev.slipway.manifest.policy.CelGate;
import dev.slipway.manifest.signing.StagedSignatures;
import dev.slipway.manifest.staging.StagingRepository;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.policy.gate.Policies;
import dev.slipway.signing.Signer;
import dev.slipway.signing.image.SignSubject;
import dev.slipway.signing.keys.ReadKey;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Produces the parts of this service. */
final class ManifestBeans {
    private static final Logger LOG = Logger.getLogger(ManifestBeans.class);

    @Produces
    @Singleton
    Topology joinTopology(EventWriter writer, StageSpans spans, JoinConfig config) {
        return JoinTopology.of(writer, spans, config.settings());
    }

    /** Quarkus tells Kafka Streams of the brokers only. */
    @Produces
    @Singleton
    KafkaClientSupplier kafkaClients(KafkaAccess kafka) {
        return new JoinClients(kafka);
    }

    /** A thread that dies takes no decision with it: the next one starts from what is committed. */
    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler uncaughtExceptionHandler() {
        return failure -> {
            LOG.errorf(failure, "slipway.join_thread_died the join goes on in a new one");
            return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
        };
    }

    void watchLag(@Observes StartupEvent event, KafkaStreams streams, Meters meters) {
        meters.watchLag("join", streams::metrics);
    }

    @Produces
    @Singleton
    RegistryClient registryClient(Meters meters) {
        return new RegistryClient(RegistryOptions.ofUser(System.getenv(), Path.of(System.getProperty("user.home")))
                .observers(meters::registry)
                .build());
    }

    void close(@Disposes RegistryClient client) {
        client.close();
    }

    @Produces
    @Singleton
    RegistryRepository staging(RegistryClient client, @ConfigProperty(name = "slipway.staging") String staging) {
        return client.repository(Reference.parse(staging).repository());
    }

    /** Nobody wants to hear of a key that cannot be used at the end of a build. */
    private static Optional<Signatures> signatures(RegistryRepository staging, SigningConfig config) {
        SigningKeys keys = new SigningKeys(
                new ReadKey(System.getenv()),
                new KubernetesKeys(() -> new KubernetesClientBuilder().build()),
                staging,
                config.externalLimit());
        return config.key().map(name -> {
            Signer signer = keys.signer(name, config.passwordVariable());
            Signer attestations = config.attestationKey()
                    .map(other -> keys.signer(other, config.attestationPasswordVariable()))
                    .orElse(signer);
            return new StagedSignatures(staging, new SignSubject(signer, attestations));
        });
    }

    @Produces
    @Singleton
    VerifyChildren verifyChildren(
            StagedImages staged,
            Clock clock,
            @ConfigProperty(name = "slipway.verification.remember-layers", defaultValue = "10m") Duration remember,
            @ConfigProperty(name = "slipway.verification.resolve", defaultValue = "5s") Duration resolve,
            @ConfigProperty(name = "slipway.verification.media-type", defaultValue = "2s") Duration mediaType) {
        VerifyLimits limits = new VerifyLimits(resolve, mediaType, VerifyLimits.DEFAULT.pause());
        return new VerifyChildren(staged, new VerifiedLayers(remember, clock), limits, clock);
    }

    @Produces
    @Singleton
    StagedImages stagedImages(RegistryRepository staging) {
        return new StagingRepository(staging);
    }

    /** Made when the service starts: by a key or rules that cannot be used it does not. */
    @Startup
    @Produces
    @Singleton
    WriteIndex writeIndex(
            StagedImages staged,
            RegistryRepository staging,
            SigningConfig signing,
            Tracer tracer,
            @ConfigProperty(name = "slipway.policies") Optional<Path> policies) {
        return new WriteIndex(
                staged,
                signatures(staging, signing),
                policies.map(directory -> gate(Policies.load(directory), staging, tracer)));
    }

    /** Rules that do not compile have stopped the start by now. */
    private static Gate gate(Policies policies, RegistryRepository staging, Tracer tracer) {
        LOG.infof("slipway.policies rules=%d set=%s", policies.rules().size(), policies.digest());
        return new CelGate(policies, staging, tracer);
    }

    @Produces
    @Singleton
    AssembleStage assembleStage(VerifyChildren verifyChildren, WriteIndex writeIndex, EventPublisher publisher) {
        return new AssembleStage(new AssembleIndex(verifyChildren, writeIndex), publisher);
    }

    @Produces
    @Singleton
    ChangeIndexStage changeIndexStage(
            RegistryClient registries,
            RegistryRepository staging,
            VerifyChildren verifyChildren,
            WriteIndex writeIndex,
            EventPublisher publisher) {
        return new ChangeIndexStage(
                new ChangeIndex(registries::repository, staging, verifyChildren, writeIndex), publisher);
    }
}
