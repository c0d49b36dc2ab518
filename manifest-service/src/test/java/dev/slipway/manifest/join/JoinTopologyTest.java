package dev.slipway.manifest.join;

import static dev.slipway.manifest.join.Samples.built;
import static dev.slipway.manifest.join.Samples.failed;
import static dev.slipway.manifest.join.Samples.image;
import static dev.slipway.manifest.join.Samples.planned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.AssemblyReadyEvent.ImageAssemblyReady;
import dev.slipway.events.Fact;
import dev.slipway.events.ProgressEvent.BuildCancelReceived;
import dev.slipway.events.ProgressEvent.BuildCancelled;
import dev.slipway.events.ProgressEvent.BuildDeadlinePassed;
import dev.slipway.events.ProgressEvent.BuildPlanned;
import dev.slipway.events.ProgressEvent.PlatformBuildStarted;
import dev.slipway.events.ProgressEvent.PlatformBuilt;
import dev.slipway.events.QueueEvent.PlatformBuildCancelled;
import dev.slipway.events.Topic;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.kit.events.Received;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JoinTopologyTest {
    private static final String B = "0123456789abcdef0123456789abcdef";
    private static final String AMD64 = "linux/amd64";
    private static final String ARM64 = "linux/arm64";
    private static final BuildPlanned TWO = planned(B, List.of(AMD64, ARM64), List.of());

    private final JoinDriver join = new JoinDriver();

    @AfterEach
    void close() {
        join.close();
    }

    @Test
    void saysThatABuildIsReadyInTheOrderRequested() {
        // when
        join.pipe(TWO, built(B, ARM64, 1), built(B, AMD64, 1));

        // then
        assertThat(join.facts(Topic.IMAGE_ASSEMBLY_READY))
                .containsExactly(new ImageAssemblyReady(
                        B,
                        TWO.plan(),
                        List.of(image(AMD64, 1), image(ARM64, 1)),
                        List.of(),
                        List.of(
                                "00-11111111111111111111111111111111-" + JoinDriver.hopOf(built(B, AMD64, 1)) + "-01",
                                "00-11111111111111111111111111111111-" + JoinDriver.hopOf(built(B, ARM64, 1))
                                        + "-01")));
        assertThat(join.facts(Topic.PLATFORM_BUILD_QUEUED)).isEmpty();
    }

    @Test
    void handsOnTheTraceAndTheCause() {
        join.pipe(TWO, built(B, ARM64, 1), built(B, AMD64, 1));

        TestRecord<String, byte[]> record =
                join.records(Topic.IMAGE_ASSEMBLY_READY).getFirst();
        Received<?> ready = join.read(Topic.IMAGE_ASSEMBLY_READY, record.headers(), record.value());
        assertThat(record.key()).isEqualTo(B);
        assertThat(ready.envelope().causationId()).contains(JoinDriver.idOf(built(B, AMD64, 1)));
        SpanData span = join.spans.getFinishedSpanItems().getFirst();
        assertThat(span.getName()).isEqualTo("join platforms");
        assertThat(ready.envelope().hop().orElseThrow().spanId()).isEqualTo(span.getSpanId());
        assertThat(ready.envelope().trace().spanId()).isEqualTo(span.getParentSpanId());
    }

    @Test
    void keepsTheFirstResultOfAPlatform() {
        join.pipe(built(B, ARM64, 2), TWO, built(B, ARM64, 1), built(B, AMD64, 1));

        assertThat(ready().images()).containsExactly(image(AMD64, 1), image(ARM64, 2));
    }

    @Test
    void saysTheSameAgainWhenTheLastFactIsRepeated() {
        join.pipe(TWO, built(B, ARM64, 1), built(B, AMD64, 1));
        join.pipe(built(B, AMD64, 1));

        List<TestRecord<String, byte[]>> records = join.records(Topic.IMAGE_ASSEMBLY_READY);
        assertThat(records).hasSize(2);
        assertThat(records.get(0).value()).isEqualTo(records.get(1).value());
        assertThat(records.stream().map(JoinTopologyTest::id).distinct()).hasSize(1);
    }

    @Test
    void keepsSilentWhenAnEarlierFactIsRepeated() {
        join.pipe(TWO, built(B, ARM64, 1), built(B, AMD64, 1));
        join.pipe(TWO, built(B, ARM64, 1), built(B, AMD64, 2), failed(B, AMD64, 3));

        assertThat(join.records(Topic.IMAGE_ASSEMBLY_READY)).hasSize(1);
        assertThat(join.records(Topic.IMAGE_ASSEMBLED)).isEmpty();
    }

    @Test
    void endsABuildWithThePlatformsFailure() {
        join.pipe(TWO, failed(B, ARM64, 1));

        assertThat(join.facts(Topic.IMAGE_ASSEMBLED))
                .containsExactly(new ImageAssemblyFailed(
                        B,
                        List.of(new Failure(
                                FailureCode.BUILD_STEP_FAILED, "COPY of linux/arm64 failed", ARM64, false))));
        assertThat(join.facts(Topic.PLATFORM_BUILD_QUEUED))
                .containsExactly(new PlatformBuildCancelled(B, AMD64, "another platform of the build has failed"));
    }

    @Test
    void namesOptionalPlatformsThatAreMissing() {
        join.pipe(planned(B, List.of(AMD64), List.of(ARM64)), failed(B, ARM64, 1), built(B, AMD64, 1));

        ImageAssemblyReady ready = ready();
        assertThat(ready.missingPlatforms()).containsExactly(ARM64);
        assertThat(ready.images()).containsExactly(image(AMD64, 1));
    }

    @Test
    void endsABuildByItsDeadlineNamingWhatIsMissing() {
        // given
        join.pipe(TWO, built(B, AMD64, 1));

        // when
        join.advance(Duration.ofMinutes(11));

        // then
        assertThat(join.facts(Topic.BUILD_PROGRESS)).containsExactly(new BuildDeadlinePassed(B, Samples.DEADLINE));
        assertThat(join.facts(Topic.IMAGE_ASSEMBLED))
                .containsExactly(new ImageAssemblyFailed(
                        B,
                        List.of(new Failure(
                                FailureCode.DEADLINE_EXCEEDED,
                                "no result for linux/arm64 had come by the deadline 2026-01-02T03:14:05Z",
                                ARM64,
                                true))));
        assertThat(join.facts(Topic.PLATFORM_BUILD_QUEUED))
                .containsExactly(new PlatformBuildCancelled(B, ARM64, "the deadline of the build has passed"));
    }

    @Test
    void doesWithoutOptionalPlatformsAtTheDeadline() {
        join.pipe(planned(B, List.of(AMD64), List.of(ARM64)), built(B, AMD64, 1));

        join.advance(Duration.ofMinutes(11));

        assertThat(ready().missingPlatforms()).containsExactly(ARM64);
        assertThat(join.records(Topic.IMAGE_ASSEMBLED)).isEmpty();
        assertThat(join.records(Topic.PLATFORM_BUILD_QUEUED)).hasSize(1);
    }

    @Test
    void keepsDeadlinesOverARestart() {
        join.pipe(TWO);
        join.restart();

        join.advance(Duration.ofMinutes(11));

        assertThat(join.records(Topic.BUILD_PROGRESS)).hasSize(1);
        assertThat(join.records(Topic.IMAGE_ASSEMBLED)).hasSize(1);
    }

    @Test
    void endsABuildThatIsCancelledBeforeItIsReady() {
        join.pipe(TWO, built(B, AMD64, 1), new BuildCancelReceived(B, "default", "by jane"), built(B, ARM64, 1));

        assertThat(join.records(Topic.IMAGE_ASSEMBLY_READY)).isEmpty();
        assertThat(join.records(Topic.IMAGE_ASSEMBLED)).isEmpty();
        assertThat(join.facts(Topic.BUILD_PROGRESS)).containsExactly(new BuildCancelled(B, "by jane"));
        assertThat(join.facts(Topic.PLATFORM_BUILD_QUEUED))
                .containsExactly(new PlatformBuildCancelled(B, ARM64, "the build was cancelled"));
    }

    @Test
    void saysNothingOfACancellationThatComesTooLateOrFromAnother() {
        join.pipe(TWO, new BuildCancelReceived(B, "other", "by joe"), built(B, AMD64, 1), built(B, ARM64, 1));
        join.pipe(new BuildCancelReceived(B, "default", "by jane"));

        assertThat(join.records(Topic.BUILD_PROGRESS)).isEmpty();
        assertThat(join.records(Topic.PLATFORM_BUILD_QUEUED)).isEmpty();
        assertThat(join.records(Topic.IMAGE_ASSEMBLY_READY)).hasSize(1);
    }

    @Test
    void passesOverWhatItDoesNotDependOn() {
        join.pipe(new PlatformBuildStarted(B, AMD64, 1, "w", "embedded", false));

        assertThat(join.store.size()).isZero();
    }

    @Test
    void putsAMalformedRecordAsideAndGoesOn() {
        join.pipe(new TestRecord<>(B, "junk".getBytes(UTF_8), new RecordHeaders()));
        join.pipe(new TestRecord<>(null, null, new RecordHeaders()));
        join.pipe(TWO, built(B, ARM64, 1), built(B, AMD64, 1));

        List<TestRecord<String, byte[]>> letters = join.records(Topic.DEAD_LETTER);
        assertThat(letters).hasSize(2);
        assertThat(letters.getFirst().key()).isEqualTo(B);
        assertThat(letters.getFirst().value()).asString(UTF_8).isEqualTo("junk");
        assertThat(header(letters.getFirst(), "dead-letter-reason")).startsWith("not a CloudEvent");
        assertThat(header(letters.getFirst(), "dead-letter-topic")).isEqualTo("slipway.build.progress");
        assertThat(header(letters.getLast(), "dead-letter-reason")).isEqualTo("the record has no value");
        assertThat(join.records(Topic.IMAGE_ASSEMBLY_READY)).hasSize(1);
    }

    @Test
    void putsAPlanForNoPlatformAside() {
        join.pipe(planned(B, List.of(), List.of()));

        assertThat(header(join.records(Topic.DEAD_LETTER).getFirst(), "dead-letter-reason"))
                .contains("a build is planned for no platform");
    }

    @Test
    void putsARecordUnderAForeignKeyAside() {
        TestRecord<String, byte[]> record = join.record(TWO);

        join.pipe(new TestRecord<>("other", record.value(), record.headers()));

        assertThat(header(join.records(Topic.DEAD_LETTER).getFirst(), "dead-letter-reason"))
                .contains("record key 'other'");
    }

    @Test
    void endsABuildWhoseResultIsTooLargeForARecord() {
        join.pipe(TWO, builtWithReferrer(AMD64, 600_000), builtWithReferrer(ARM64, 600_000));

        assertThat(join.records(Topic.IMAGE_ASSEMBLY_READY)).isEmpty();
        assertThat(join.facts(Topic.IMAGE_ASSEMBLED))
                .singleElement()
                .satisfies(fact -> assertThat(((ImageAssemblyFailed) fact)
                                .failures()
                                .getFirst()
                                .code())
                        .isEqualTo(FailureCode.INTERNAL_ERROR));
    }

    @Test
    void forgetsADecidedBuildInTwoSteps() {
        // given
        join.pipe(TWO, built(B, ARM64, 1), built(B, AMD64, 1));
        int whole = join.store.bytes();
        join.advance(JoinDriver.SETTINGS.tick());

        // when
        join.advance(Duration.ofMinutes(61));
        join.pipe(TWO, built(B, ARM64, 1), built(B, AMD64, 1));

        // then
        assertThat(join.records(Topic.IMAGE_ASSEMBLY_READY)).hasSize(1);
        assertThat(join.store.bytes()).isLessThan(whole / 10);

        // when
        join.advance(Duration.ofHours(25));

        // then
        assertThat(join.store.size()).isZero();
    }

    @Test
    void keepsADecidedBuildForTheFullTimeAfterALongStop() {
        join.pipe(TWO, built(B, ARM64, 1), built(B, AMD64, 1));
        join.records(Topic.IMAGE_ASSEMBLY_READY);
        join.sleepThenRestart(Duration.ofHours(3));

        join.advance(Duration.ofSeconds(5));
        join.pipe(built(B, AMD64, 1));

        assertThat(join.records(Topic.IMAGE_ASSEMBLY_READY)).hasSize(1);
    }

    @Test
    void forgetsResultsWhosePlanNeverCame() {
        join.pipe(built(B, ARM64, 1));

        join.advance(Duration.ofHours(25));

        assertThat(join.store.size()).isZero();
    }

    private static PlatformBuilt builtWithReferrer(String platform, int annotationBytes) {
        PlatformBuilt built = built(B, platform, 1);
        Descriptor large = new Descriptor(
                "application/vnd.oci.image.manifest.v1+json",
                "sha256:" + "0".repeat(64),
                7,
                null,
                Map.of("large", "x".repeat(annotationBytes)));
        return new PlatformBuilt(
                B,
                1,
                new PlatformImage(platform, null, built.image().manifest(), List.of(large)),
                built.worker(),
                built.builder(),
                false,
                false,
                built.startedAt(),
                built.finishedAt(),
                null,
                null);
    }

    private ImageAssemblyReady ready() {
        List<Fact> facts = join.facts(Topic.IMAGE_ASSEMBLY_READY);
        assertThat(facts).hasSize(1).first().isInstanceOf(ImageAssemblyReady.class);
        return (ImageAssemblyReady) facts.getFirst();
    }

    private static String id(TestRecord<String, byte[]> record) {
        return header(record, "ce_id");
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
