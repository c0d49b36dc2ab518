package dev.slipway.build.kafka.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.ImageBuilder;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.kafka.Examples;
import dev.slipway.build.kafka.Handlings;
import dev.slipway.build.kafka.Records;
import dev.slipway.build.kafka.SentEvents;
import dev.slipway.build.staging.StagedBuildLogs;
import dev.slipway.build.work.BuildPlatform;
import dev.slipway.build.work.TimeLimit;
import dev.slipway.build.work.WorkerRuns;
import dev.slipway.events.AssignmentEvent.PlatformBuildAssigned;
import dev.slipway.events.AssignmentEvent.PlatformBuildRevoked;
import dev.slipway.events.BuildPlan;
import dev.slipway.events.LogEvent.BuildLogged;
import dev.slipway.events.ProgressEvent.PlatformBuildFailed;
import dev.slipway.events.ProgressEvent.PlatformBuildStarted;
import dev.slipway.events.ProgressEvent.PlatformBuilt;
import dev.slipway.events.model.FailureCode;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.layout.ImageLayout;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {
    private static final String BUILD = Examples.buildId("one");
    private static final WorkerProfile SELF =
            new WorkerProfile("me", 5, "default", Map.of(), List.of("linux/amd64"), List.of(), List.of("embedded"), 2);

    @TempDir
    private Path directory;

    private final SentEvents sent = new SentEvents();
    private final WorkerRuns runs = new WorkerRuns();
    private final Semaphore changes = new Semaphore(0);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger builds = new AtomicInteger();
    private final CountDownLatch building = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private ImageLayout staging;
    private ImageBuilder builder = new InstantBuilder();

    @BeforeEach
    void prepare() {
        staging = ImageLayout.at(directory);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void buildsWhatNamesItAndReportsIt() {
        worker().take(assigned("me", 5, 1, 10));

        await(() -> runs.finished().size() == 1);
        assertThat(sent.of(PlatformBuildStarted.class)).hasSize(1);
        assertThat(sent.of(PlatformBuilt.class)).singleElement().satisfies(built -> {
            assertThat(built.image().platform()).isEqualTo("linux/amd64");
            assertThat(built.worker()).isEqualTo("me");
            assertThat(built.reused()).isFalse();
            assertThat(built.context()).isNotNull();
        });
    }

    @Test
    void sendsWhatABuildPrintsBeforeItsResult() {
        builder = new InstantBuilder() {
            @Override
            public BuiltImage build(PlatformBuildTask task, BuildObserver observer) {
                IntStream.range(0, 450).forEach(line -> observer.output("line " + line));
                observer.output("x".repeat(100_000));
                return super.build(task, observer);
            }
        };

        worker().take(assigned("me", 5, 1, 10));

        await(() -> runs.finished().size() == 1);
        List<BuildLogged> logs = sent.of(BuildLogged.class);
        assertThat(logs.stream().flatMap(log -> log.lines().stream()).limit(450))
                .containsExactlyElementsOf(
                        IntStream.range(0, 450).mapToObj(line -> "line " + line).toList());
        assertThat(logs.getLast().lines().getLast()).hasSize(4097);
        assertThat(logs).extracting(BuildLogged::sequence).startsWith(0L).isSorted();
        assertThat(sent.facts().indexOf(logs.getLast()))
                .isLessThan(sent.facts().indexOf(sent.of(PlatformBuilt.class).getFirst()));
        assertThat(sent.of(PlatformBuilt.class).getFirst().log()).isNotNull().satisfies(log -> {
            assertThat(log.annotations()).containsEntry("dev.slipway.log.lines", "451");
            assertThat(text(log.digest())).startsWith("line 0\nline 1\n").endsWith("x".repeat(100_000) + "\n");
        });
        assertThat(staging.resolve(BUILD + "-linux-amd64-log-1")).isPresent();
        assertThat(directory.resolve("logs")).isEmptyDirectory();
    }

    @Test
    void keepsWhatAFailedBuildPrints() {
        builder = new InstantBuilder() {
            @Override
            public BuiltImage build(PlatformBuildTask task, BuildObserver observer) {
                observer.output("it breaks");
                throw BuildException.permanent(Reason.BUILD_STEP_FAILED, "it broke");
            }
        };

        worker().take(assigned("me", 5, 1, 10));

        await(() -> runs.finished().size() == 1);
        assertThat(sent.of(PlatformBuildFailed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.log())
                        .isNotNull()
                        .satisfies(log -> assertThat(text(log.digest())).isEqualTo("it breaks\n")));
    }

    private String text(String digest) {
        ImageManifest log = ImageManifest.of(staging.manifest(digest).orElseThrow());
        return new String(staging.blob(log.layers().getFirst()), UTF_8);
    }

    @Test
    void leavesToOthersWhatIsTheirs() {
        Worker worker = worker();

        worker.take(assigned("other", 5, 1, 10));
        worker.take(assigned("me", 4, 1, 11));

        assertThat(runs.running()).isEmpty();
        assertThat(sent.facts()).isEmpty();
    }

    @Test
    void findsWhatAnEarlierAttemptHasBuilt() {
        worker().take(assigned("me", 5, 1, 10));
        await(() -> runs.finished().size() == 1);

        worker().take(assigned("me", 5, 2, 11));

        await(() -> sent.of(PlatformBuilt.class).size() == 2);
        assertThat(builds).hasValue(1);
        assertThat(sent.of(PlatformBuilt.class).getLast().reused()).isTrue();
        assertThat(sent.of(PlatformBuilt.class).getLast().image())
                .isEqualTo(sent.of(PlatformBuilt.class).getFirst().image());
    }

    @Test
    void reportsAPermanentFailureOnce() {
        builder = failing(BuildException.permanent(Reason.BUILD_STEP_FAILED, "COPY found nothing"));

        worker().take(assigned("me", 5, 1, 10));

        await(() -> runs.finished().size() == 1);
        assertThat(builds).hasValue(1);
        assertThat(sent.of(PlatformBuildFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.failure().code()).isEqualTo(FailureCode.BUILD_STEP_FAILED);
            assertThat(failed.failure().message()).isEqualTo("COPY found nothing");
        });
        assertThat(sent.others()).isEmpty();
    }

    @Test
    void triesATransientFailureAgainAndThenSaysSo() {
        builder = failing(new StoreException(StoreException.Kind.UNAVAILABLE, "r:1", "r:1 answered 503", null));

        worker().take(assigned("me", 5, 1, 10));

        await(() -> runs.finished().size() == 1);
        assertThat(builds).hasValue(2);
        assertThat(sent.of(PlatformBuildFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.failure().code()).isEqualTo(FailureCode.REGISTRY_UNAVAILABLE);
            assertThat(failed.failure().retryable()).isTrue();
        });
        assertThat(sent.others()).singleElement().matches(Records::isDeadLetter);
    }

    @Test
    void endsABuildThatTakesLongerThanItsTimeout() {
        builder = new WaitingBuilder();

        worker().take(assigned("me", 5, 1, 10, Duration.ofMillis(30)));

        await(() -> runs.finished().size() == 1);
        assertThat(sent.of(PlatformBuildFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.failure().code()).isEqualTo(FailureCode.DEADLINE_EXCEEDED);
            assertThat(failed.failure().message()).contains("PT0.03S");
        });
    }

    @Test
    void dropsABuildThatWasGivenToSomebodyElse() throws InterruptedException {
        builder = new WaitingBuilder();
        Worker worker = worker();
        worker.take(assigned("me", 5, 1, 10));
        building.await();

        worker.take(assigned("other", 1, 2, 11));

        await(() -> runs.running().isEmpty());
        assertThat(runs.finished()).isEmpty();
        assertThat(sent.of(PlatformBuildFailed.class)).isEmpty();
        assertThat(sent.others()).isEmpty();
    }

    @Test
    void stopsABuildThatNobodyWaitsForAndSaysNothingOfIt() throws InterruptedException {
        builder = new WaitingBuilder();
        Worker worker = worker();
        worker.take(assigned("me", 5, 1, 10));
        building.await();

        worker.take(Records.fact(new PlatformBuildRevoked(BUILD, "linux/amd64", "other", 5, 10, "cancelled")));
        worker.take(Records.fact(new PlatformBuildRevoked(BUILD, "linux/amd64", "me", 5, 9, "cancelled")));
        assertThat(runs.running()).hasSize(1);
        worker.take(Records.fact(new PlatformBuildRevoked(BUILD, "linux/amd64", "me", 5, 10, "cancelled")));

        await(() -> runs.running().isEmpty());
        assertThat(runs.finished()).isEmpty();
        assertThat(sent.of(PlatformBuilt.class)).isEmpty();
        assertThat(sent.of(PlatformBuildFailed.class)).isEmpty();
        assertThat(sent.others()).isEmpty();
    }

    @Test
    void goesOnWithABuildThatIsAssignedToItAgain() throws InterruptedException {
        builder = new WaitingBuilder();
        Worker worker = worker();
        worker.take(assigned("me", 5, 1, 10));
        building.await();

        worker.take(assigned("me", 5, 2, 11));
        goOn.countDown();

        await(() -> runs.finished().size() == 1);
        assertThat(builds).hasValue(1);
        assertThat(runs.finished().getFirst().epoch()).isEqualTo(11);
    }

    @Test
    void waitsForWhatRunsWhenItDrains() throws InterruptedException {
        builder = new WaitingBuilder();
        Worker worker = worker();
        worker.take(assigned("me", 5, 1, 10));
        building.await();
        timer.execute(goOn::countDown);

        worker.drain(Duration.ofSeconds(30));

        assertThat(runs.finished()).hasSize(1);
        assertThat(sent.of(PlatformBuilt.class)).hasSize(1);
    }

    @Test
    void handsBackWhatDoesNotEndInTimeWhenItDrains() throws InterruptedException {
        builder = new WaitingBuilder();
        Worker worker = worker();
        worker.take(assigned("me", 5, 1, 10));
        building.await();

        worker.drain(Duration.ofMillis(10));

        assertThat(runs.running()).isEmpty();
        assertThat(runs.finished()).isEmpty();
        assertThat(sent.of(PlatformBuildFailed.class)).isEmpty();
    }

    @Test
    void takesNothingNewWhenItDrains() {
        Worker worker = worker();
        worker.drain(Duration.ZERO);

        worker.take(assigned("me", 5, 1, 10));

        assertThat(runs.running()).isEmpty();
        assertThat(sent.facts()).isEmpty();
    }

    private Worker worker() {
        BuildStage stage = new BuildStage(
                new BuildPlatform(staging, List.of(builder), (task, image, order, observer) -> List.of()),
                sent,
                new StepSpans(OpenTelemetry.noop().getTracer("test"), Clock.systemUTC()),
                new KeptLogs(new StagedBuildLogs(staging), directory.resolve("logs"), 1_000_000),
                new TimeLimit(timer),
                Clock.systemUTC());
        return new Worker(SELF, runs, Handlings.over(sent), stage, changes::release);
    }

    /** Each change of the worker's runs wakes this up. */
    private void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(deadline);
            try {
                if (changes.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                    changes.drainPermits();
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static org.apache.kafka.clients.consumer.ConsumerRecord<String, byte[]> assigned(
            String worker, long incarnation, int attempt, long epoch) {
        return assigned(worker, incarnation, attempt, epoch, Duration.ofHours(1));
    }

    private static org.apache.kafka.clients.consumer.ConsumerRecord<String, byte[]> assigned(
            String worker, long incarnation, int attempt, long epoch, Duration timeout) {
        BuildPlan plan = Examples.plan(timeout, "linux/amd64");
        return Records.fact(
                new PlatformBuildAssigned(BUILD, "linux/amd64", worker, incarnation, attempt, epoch, false, plan));
    }

    private ImageBuilder failing(RuntimeException failure) {
        return new ImageBuilder() {
            @Override
            public String name() {
                return "embedded";
            }

            @Override
            public BuiltImage build(PlatformBuildTask task, BuildObserver observer) {
                builds.incrementAndGet();
                throw failure;
            }
        };
    }

    private final class WaitingBuilder implements ImageBuilder {
        @Override
        public String name() {
            return "embedded";
        }

        @Override
        public BuiltImage build(PlatformBuildTask task, BuildObserver observer) {
            building.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BuildException(Reason.BUILD_CANCELLED, "interrupted", true, e);
            }
            return new InstantBuilder().build(task, observer);
        }
    }

    private class InstantBuilder implements ImageBuilder {
        @Override
        public String name() {
            return "embedded";
        }

        @Override
        public BuiltImage build(PlatformBuildTask task, BuildObserver observer) {
            builds.incrementAndGet();
            ImageConfig config = ImageConfig.of(task.platform());
            Descriptor blob = Descriptor.of(MediaTypes.IMAGE_CONFIG, config.bytes());
            staging.putBlob(blob, BlobSource.of(config.bytes()));
            observer.warning("as expected: " + new String(config.bytes(), UTF_8).length());
            return new BuiltImage(ImageManifest.of(blob, List.of()).manifest(), task.platform(), List.of(), 1, 0, 9, 9);
        }
    }
}
