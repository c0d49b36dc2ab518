package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.kafka.Examples;
import dev.slipway.context.ContextFormat;
import dev.slipway.events.EventIds;
import dev.slipway.events.EventType;
import dev.slipway.events.ProgressEvent.BuildPlanned;
import dev.slipway.events.ProgressEvent.BuildRejected;
import dev.slipway.events.ProgressEvent.PlatformBuildFailed;
import dev.slipway.events.ProgressEvent.PlatformBuildStarted;
import dev.slipway.events.ProgressEvent.PlatformBuilt;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.Topic;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.Source;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Peers.class)
class BuildServiceComponentTest {
    @Inject
    EventPublisher publisher;

    @Inject
    Producer<String, byte[]> producer;

    @Inject
    RegistryClient registries;

    private String staging;

    private EventLog log;
    private RegistryRepository store;

    @BeforeEach
    void open() {
        staging = ConfigProvider.getConfig().getValue("slipway.staging", String.class);
        String bootstrapServers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        log = new EventLog(bootstrapServers, Topic.BUILD_PROGRESS, Topic.DEAD_LETTER);
        store = registries.repository(Reference.parse(staging).repository());
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void buildsEveryPlatform() {
        BuildRequested request = Examples.request(context("FROM scratch"), "linux/amd64", "linux/arm64/v8");

        String build = submit(request);

        List<PlatformBuilt> built = log.await(build, PlatformBuilt.class, 2);
        assertThat(built)
                .extracting(event -> event.image().platform())
                .containsExactlyInAnyOrder("linux/amd64", "linux/arm64");
        assertThat(built).allSatisfy(event -> {
            assertThat(event.worker()).isEqualTo("worker-under-test");
            assertThat(event.reused()).isFalse();
            assertThat(store.resolve(build + "-" + event.image().platform().replace('/', '-')))
                    .hasValueSatisfying(tagged -> assertThat(tagged.digest().value())
                            .isEqualTo(event.image().manifest().digest()));
        });
        assertThat(log.await(build, PlatformBuildStarted.class, 2)).hasSize(2);
        BuildPlanned planned = log.await(build, BuildPlanned.class, 1).getFirst();
        assertThat(planned.platforms()).containsExactly("linux/amd64", "linux/arm64");
        assertThat(planned.deadline()).isEqualTo(Examples.REQUESTED_AT.plus(request.deadline()));
        assertThat(planned.plan().builder()).isEqualTo("embedded");
    }

    @Test
    void carriesTheTraceOfTheRequestThrough() {
        TraceParent trace = new TraceParent("00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-01");
        Envelope envelope =
                envelope(UUID.randomUUID().toString(), Optional.of(trace), Envelope.TraceOrigin.GIVEN, trace);

        String build = submit(envelope, Examples.request(context("FROM scratch"), "linux/amd64"));

        Received<?> built = log.awaitReceived(build, PlatformBuilt.class);
        assertThat(built.envelope().trace()).isEqualTo(trace);
        assertThat(built.envelope().hop())
                .hasValueSatisfying(hop -> assertThat(hop.traceId()).isEqualTo(trace.traceId()));
    }

    @Test
    void emitsTheSameFactsWhenTheRequestComesAgain() {
        String id = UUID.randomUUID().toString();
        BuildRequested request = Examples.request(context("FROM scratch"), "linux/amd64");
        String build = submit(envelope(id), request);
        PlatformBuilt first = log.await(build, PlatformBuilt.class, 1).getFirst();

        submit(envelope(id), request);
        String other = submit(request);
        log.await(other, PlatformBuilt.class, 1);

        assertThat(log.await(build, PlatformBuilt.class, 1))
                .extracting(PlatformBuilt::image)
                .containsOnly(first.image());
        assertThat(log.await(build, BuildPlanned.class, 1)).hasSize(1);
    }

    @Test
    void rejectsWithEveryViolationAtOnce() {
        Source missing = new Source.Artifact(null, Examples.CONTEXT, null, null);
        BuildRequested request = Examples.request(missing, "linux/z80");
        BuildRequested bad = new BuildRequested(
                request.source(),
                request.file(),
                null,
                request.platforms(),
                List.of(),
                Map.of(),
                List.of("TOKEN"),
                List.of(),
                Map.of(),
                Map.of(),
                List.of("Not A Reference"),
                List.of(),
                List.of(),
                false,
                false,
                true,
                false,
                true,
                false,
                "default",
                Map.of(),
                0,
                request.mode(),
                request.publishPolicy(),
                null,
                request.timeout(),
                request.deadline(),
                null);

        String build = submit(bad);

        List<Failure> failures =
                log.await(build, BuildRejected.class, 1).getFirst().failures();
        assertThat(failures)
                .extracting(Failure::code)
                .containsExactlyInAnyOrder(
                        FailureCode.OPTION_UNSUPPORTED,
                        FailureCode.PLATFORM_UNKNOWN,
                        FailureCode.REFERENCE_INVALID,
                        FailureCode.CONTEXT_UNAVAILABLE);
        assertThat(failures)
                .filteredOn(failure -> failure.code() == FailureCode.CONTEXT_UNAVAILABLE)
                .allSatisfy(failure -> assertThat(failure.message())
                        .contains(Examples.CONTEXT.digest())
                        .contains(staging));
    }

    @Test
    void rejectsWithinSecondsWhatNoWorkerCanEverBuild() {
        String nowhere = submit(with(Map.of(), "gpu", Map.of()));
        String unlabelled = submit(with(Map.of(), "default", Map.of("env", "prod")));

        assertThat(log.await(nowhere, BuildRejected.class, 1).getFirst().failures())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.WORKER_UNAVAILABLE);
                    assertThat(failure.message()).startsWith("missing is a worker of pool 'gpu'");
                });
        assertThat(log.await(unlabelled, BuildRejected.class, 1).getFirst().failures())
                .extracting(Failure::message)
                .containsExactly(
                        "missing is a worker of pool 'default' with the labels env=prod: its workers have no labels");
    }

    @Test
    void saysWhereADockerfileIsWrong() {
        String build = submit(Examples.request(context("NONSENSE"), "linux/amd64"));

        assertThat(log.await(build, BuildRejected.class, 1).getFirst().failures())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.DOCKERFILE_INVALID);
                    assertThat(failure.message()).contains("1:1");
                });
    }

    @Test
    void rejectsWhenTheRegistryOfABaseIsDown() {
        String build = submit(Examples.request(context("BASE 127.0.0.1:1/base:1"), "linux/amd64"));

        assertThat(log.await(build, BuildRejected.class, 1).getFirst().failures())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.REGISTRY_UNAVAILABLE);
                    assertThat(failure.retryable()).isTrue();
                    assertThat(failure.message()).contains("127.0.0.1:1");
                });
    }

    @Test
    void reportsAStepThatFails() {
        String build = submit(withBuildArg("FAIL"));

        assertThat(log.await(build, PlatformBuildFailed.class, 1).getFirst().failure())
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.BUILD_STEP_FAILED);
                    assertThat(failure.retryable()).isFalse();
                });
    }

    @Test
    void endsABuildThatMeetsADefectAndKeepsTheAssignmentAsADeadLetter() {
        String build = submit(withBuildArg("BREAK"));

        assertThat(log.await(build, PlatformBuildFailed.class, 1)
                        .getFirst()
                        .failure()
                        .code())
                .isEqualTo(FailureCode.INTERNAL_ERROR);
        assertThat(log.awaitRecord(record ->
                                record.topic().equals(Topic.DEAD_LETTER.topicName()) && build.equals(record.key()))
                        .headers()
                        .lastHeader("dead-letter-topic")
                        .value())
                .asString(UTF_8)
                .isEqualTo(Topic.PLATFORM_BUILD_ASSIGNED.topicName());
    }

    @Test
    void putsRequestsAsideThatItCannotReadOrDoesNotSupport() throws Exception {
        producer.send(new ProducerRecord<>(Topic.requestsOf("default"), "garbage", "garbage".getBytes(UTF_8)))
                .get();
        submit(envelope("c-" + UUID.randomUUID()), new RequestEvent.BuildCancelRequested("no-id", null, null));

        log.awaitRecord(record -> "garbage".equals(record.key()));
        assertThat(log.awaitRecord(record -> "no-id".equals(record.key()))
                        .headers()
                        .lastHeader("dead-letter-reason")
                        .value())
                .asString(UTF_8)
                .contains("build.cancel-requested")
                .contains("no build id");
    }

    private BuildRequested withBuildArg(String name) {
        return with(Map.of(name, ""), "default", Map.of());
    }

    private BuildRequested with(Map<String, String> buildArgs, String pool, Map<String, String> workerLabels) {
        BuildRequested request = Examples.request(context("FROM scratch"), "linux/amd64");
        return new BuildRequested(
                request.source(),
                request.file(),
                null,
                request.platforms(),
                List.of(),
                buildArgs,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                request.tags(),
                List.of(),
                List.of(),
                false,
                false,
                false,
                false,
                false,
                false,
                pool,
                workerLabels,
                0,
                request.mode(),
                request.publishPolicy(),
                null,
                request.timeout(),
                request.deadline(),
                null);
    }

    private Source context(String dockerfile) {
        byte[] bytes = dockerfile.getBytes(UTF_8);
        Descriptor blob = Descriptor.of(ContextFormat.FILE, bytes)
                .withAnnotations(Map.of(ContextFormat.TITLE, "Dockerfile", ContextFormat.MODE, "644"));
        store.putBlob(blob, BlobSource.of(bytes));
        store.putBlob(ImageManifest.EMPTY_CONFIG, BlobSource.of("{}".getBytes(UTF_8)));
        Descriptor manifest = store.putManifest(ImageManifest.artifact(ContextFormat.ARTIFACT_TYPE, List.of(blob))
                .manifest());
        return new Source.Artifact(
                null,
                dev.slipway.events.model.Descriptor.of(
                        manifest.mediaType(), manifest.digest().value(), manifest.size()),
                null,
                null);
    }

    private String submit(BuildRequested request) {
        return submit(envelope(UUID.randomUUID().toString()), request);
    }

    private String submit(Envelope envelope, RequestEvent request) {
        publisher.publishRequest("default", envelope, request);
        return EventIds.buildId(envelope.source(), envelope.id());
    }

    private static Envelope envelope(String id) {
        String build = EventIds.buildId("/test", id);
        return envelope(
                id, Optional.empty(), Envelope.TraceOrigin.DERIVED, new TraceParent(EventIds.traceparent(build)));
    }

    private static Envelope envelope(
            String id, Optional<TraceParent> hop, Envelope.TraceOrigin origin, TraceParent trace) {
        Instant time = Examples.REQUESTED_AT;
        return new Envelope(
                id,
                EventType.BUILD_REQUESTED.ceType(),
                "/test",
                Optional.empty(),
                time,
                Optional.empty(),
                Optional.empty(),
                trace,
                origin,
                hop);
    }
}
