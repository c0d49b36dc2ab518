package dev.slipway.build.buildah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.embedded.Builds;
import dev.slipway.build.process.OwnProcessSpace;
import dev.slipway.build.process.RunProgram;
import dev.slipway.build.tool.TakeResult;
import dev.slipway.build.tool.ToolEnvironment;
import dev.slipway.build.tool.WorkerFiles;
import dev.slipway.context.ContextReader;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildahBuilderPeerTest {
    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(isOnPath("buildah"), "skipped: the peer 'buildah' is not on PATH");
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "skipped: Buildah is here, but the test needs root");
        builds = new Builds(directory);
    }

    @AfterEach
    void close() throws Exception {
        if (builds != null) {
            builds.close();
        }
    }

    @Test
    void givesAnImageWhatTheEmbeddedBuilderGivesIt() {
        builds.labels = Map.of("requested", "yes", "own", "overruled");
        builds.annotations = Map.of("note", "this");
        builds.revision = "0123456789012345678901234567890123456789";
        String[] dockerfile = {"FROM scratch", "ARG A=1", "LABEL own=yes other=$A", "COPY a /b", "USER 7"};
        builds.file("a", "content");
        BuiltImage expected = builds.build(dockerfile);

        BuiltImage image = builder().build(builds.task(Builds.AMD64, dockerfile), BuildObserver.NONE);

        ImageManifest manifest = ImageManifest.of(image.manifest());
        ImageManifest wanted = ImageManifest.of(expected.manifest());
        ImageConfig config = ImageConfig.parse(builds.staging.blob(manifest.config()));
        ImageConfig wantedConfig = ImageConfig.parse(builds.staging.blob(wanted.config()));
        assertThat(manifest.annotations()).isEqualTo(wanted.annotations());
        assertThat(config.labels()).isEqualTo(wantedConfig.labels());
        assertThat(config.platform()).isEqualTo(wantedConfig.platform());
        assertThat(config.created()).isEqualTo(wantedConfig.created());
        assertThat(config.user()).isEqualTo(wantedConfig.user());
        assertThat(manifest.layers()).allMatch(layer -> builds.staging.hasBlob(layer.digest()));
        assertThat(image.contextPackedBytes()).isEqualTo(expected.contextPackedBytes());
    }

    @Test
    void endsWhatRunHasStartedWhenItIsCancelled() throws IOException, InterruptedException {
        Path busybox = Path.of("/usr/bin/busybox");
        assumeTrue(Files.isExecutable(busybox), "skipped: the peer 'busybox-static' is not installed");
        Files.copy(busybox, builds.context.resolve("busybox"), StandardCopyOption.COPY_ATTRIBUTES);
        String seconds = Long.toString(1_000_000 + ProcessHandle.current().pid());
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<BuildException> failure = new CompletableFuture<>();
        BuildObserver observer = new BuildObserver() {
            @Override
            public void stepDone(Step step, boolean reused, Duration took) {}

            @Override
            public void warning(String text) {}

            @Override
            public void output(String line) {
                if (line.equals("running")) {
                    running.countDown();
                }
            }
        };

        Thread build = Thread.ofVirtual()
                .start(() -> failure.complete(catchThrowableOfType(
                        BuildException.class,
                        () -> builder()
                                .build(
                                        builds.task(
                                                Builds.AMD64,
                                                "FROM scratch",
                                                "COPY busybox /bin/sh",
                                                "COPY busybox /bin/busybox",
                                                "RUN (/bin/busybox setsid /bin/busybox sleep %s &); echo running; /bin/busybox sleep %s"
                                                        .formatted(seconds, seconds)),
                                        observer))));
        assertThat(running.await(60, TimeUnit.SECONDS)).as("RUN runs").isTrue();
        build.interrupt();
        assertThat(build.join(Duration.ofSeconds(30))).as("the build has ended").isTrue();

        assertThat(failure.join().reason()).isEqualTo(Reason.BUILD_CANCELLED);
        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> process.info()
                                .arguments()
                                .filter(arguments -> Arrays.asList(arguments).contains(seconds))
                                .isPresent()))
                .isEmpty();
    }

    private BuildahBuilder builder() {
        return new BuildahBuilder(
                new BuildahSettings(
                        "buildah",
                        BuildahSettings.Isolation.CHROOT,
                        directory.resolve("storage"),
                        directory.resolve("work"),
                        WorkerFiles.in(Optional.empty(), Optional.empty())),
                new ContextReader(builds.staging),
                new TakeResult(builds.staging, builds.registry::open),
                new ToolEnvironment(System.getenv(), Map::of),
                new RunProgram(Duration.ofSeconds(3)),
                OwnProcessSpace.probe(),
                Emulation.ofKernel());
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
