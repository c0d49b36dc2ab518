package dev.slipway.build.embedded;

import static dev.slipway.build.embedded.Builds.AMD64;
import static dev.slipway.build.embedded.Builds.ARM64;
import static dev.slipway.build.embedded.Builds.CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildInputs;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.embedded.tree.Node;
import dev.slipway.build.embedded.tree.Tars;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.Healthcheck;
import dev.slipway.oci.image.History;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.layer.Attributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBuilderTest {
    private Builds builds;

    @BeforeEach
    void start(@TempDir Path directory) {
        builds = new Builds(directory)
                .file("app.jar", "jar")
                .file("conf/a.yml", "a")
                .file("conf/b.yml", "bb");
    }

    @AfterEach
    void stop() {
        builds.close();
    }

    @Test
    void writesEveryFieldOfTheConfig() {
        ImageConfig config = builds.config(builds.build(
                Platform.parse("linux/arm/v6"),
                "FROM scratch",
                "ENV A=1 B=\"two words\"",
                "ENV A=$B-$A",
                "EXPOSE 8080 53/udp 9000-9001",
                "VOLUME /data /cache",
                "USER 1000:1000",
                "STOPSIGNAL SIGINT",
                "HEALTHCHECK --interval=5s --timeout=2s --start-period=1m --start-interval=1s --retries=4 CMD ok $A",
                "SHELL [\"/bin/bash\", \"-ec\"]",
                "ENTRYPOINT [\"java\", \"-jar\"]",
                "CMD /app.jar $A"));

        assertThat(config.platform()).isEqualTo(Platform.parse("linux/arm/v6"));
        assertThat(config.created()).contains(CREATED);
        assertThat(config.env())
                .containsExactly(
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "A=two words-1",
                        "B=two words");
        assertThat(config.exposedPorts()).containsExactlyInAnyOrder("8080/tcp", "53/udp", "9000/tcp", "9001/tcp");
        assertThat(config.volumes()).containsExactlyInAnyOrder("/data", "/cache");
        assertThat(config.user()).isEqualTo("1000:1000");
        assertThat(config.workingDir()).isEqualTo("/");
        assertThat(config.stopSignal()).isEqualTo("SIGINT");
        assertThat(config.healthcheck())
                .contains(new Healthcheck(
                        List.of("CMD-SHELL", "ok $A"),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1),
                        4));
        assertThat(config.shell()).containsExactly("/bin/bash", "-ec");
        assertThat(config.entrypoint()).containsExactly("java", "-jar");
        assertThat(config.cmd()).containsExactly("/bin/bash", "-ec", "/app.jar $A");
        assertThat(config.diffIds()).isEmpty();
    }

    @Test
    void copiesFilesAndMakesDirectories() {
        BuiltImage image = builds.build("FROM scratch", "WORKDIR /srv/app", "COPY app.jar .", "COPY conf etc/");

        assertThat(builds.files(image).below(""))
                .containsOnlyKeys(
                        "srv", "srv/app", "srv/app/app.jar", "srv/app/etc", "srv/app/etc/a.yml", "srv/app/etc/b.yml");
        assertThat(builds.config(image).workingDir()).isEqualTo("/srv/app");
        assertThat(builds.manifest(image).layers()).hasSize(3);
        assertThat(builds.config(image).diffIds()).hasSize(3);
        assertThat(image.layersBuilt()).isEqualTo(3);
        assertThat(builds.layer(image, 1)).containsOnlyKeys("srv", "srv/app", "srv/app/app.jar");
    }

    @Test
    void recordsEveryStep() {
        BuiltImage image = builds.build(
                "FROM scratch AS app", "ARG X=1", "COPY app.jar \\", "  /", "WORKDIR /w", "WORKDIR  /w", "CMD [\"x\"]");

        assertThat(builds.config(image).history())
                .containsExactly(
                        History.empty(CREATED, "ARG X=1"),
                        History.layer(CREATED, "COPY app.jar /"),
                        History.layer(CREATED, "WORKDIR /w"),
                        History.empty(CREATED, "WORKDIR /w"),
                        History.empty(CREATED, "CMD [\"x\"]"));
        assertThat(builds.steps)
                .containsExactlyInAnyOrder(
                        "1/5 app ARG X=1",
                        "2/5 app COPY app.jar /",
                        "3/5 app WORKDIR /w",
                        "4/5 app WORKDIR /w",
                        "5/5 app CMD [\"x\"]");
    }

    @Test
    void tellsOfStepsWhoseLayersNobodyNeeds() {
        builds.build("FROM scratch AS build", "COPY app.jar /x", "FROM scratch", "COPY --from=build /x /y");

        assertThat(builds.steps).containsExactly("1/2 build COPY app.jar /x", "2/2 stage-1 COPY --from=build /x /y");
        assertThat(builds.staging.tags()).hasSize(1);
    }

    @Test
    void givesTheSameManifestForTheSameTask() {
        String[] dockerfile = {"FROM scratch", "COPY . /app", "LABEL a=b", "EXPOSE 2 1"};
        BuiltImage first = builds.build(dockerfile);

        BuiltImage second = builds.build(dockerfile);

        assertThat(second.manifest()).isEqualTo(first.manifest());
        assertThat(second.layersReused()).isEqualTo(1);
        assertThat(builds.steps).contains("1/3 stage-0 COPY . /app (reused)");
    }

    @Test
    void writesLayersThatArePlatformsHaveInCommonOnce() {
        BuiltImage amd64 = builds.build(AMD64, "FROM scratch", "COPY conf /conf");
        int sent = builds.staging.sent.size();

        BuiltImage arm64 = builds.build(ARM64, "FROM scratch", "COPY conf /conf");

        assertThat(builds.manifest(arm64).layers())
                .isEqualTo(builds.manifest(amd64).layers());
        assertThat(arm64.descriptor().platform()).isEqualTo(ARM64);
        assertThat(arm64.layersReused()).isEqualTo(1);
        // nothing but the config
        assertThat(builds.staging.sent).hasSize(sent + 1);
    }

    @Test
    void buildsBothPlatformsAtOnce() throws ExecutionException, InterruptedException {
        var amd64 = builds.task(AMD64, "FROM scratch", "COPY conf /conf", "COPY app.jar /");
        var arm64 = builds.task(ARM64, "FROM scratch", "COPY conf /conf", "COPY app.jar /");

        CompletableFuture<BuiltImage> one =
                CompletableFuture.supplyAsync(() -> builds.builder.build(amd64, BuildObserver.NONE));
        BuiltImage other = builds.builder.build(arm64, BuildObserver.NONE);

        assertThat(one.get().layersBuilt() + other.layersBuilt()).isEqualTo(2);
        assertThat(builds.staging.sent).doesNotHaveDuplicates();
    }

    @Test
    void setsTimesToWhatTheRequestSays() {
        builds.buildArgs = Map.of("SOURCE_DATE_EPOCH", "86400");
        Instant set = Instant.ofEpochSecond(86400);

        BuiltImage image = builds.build("FROM scratch", "COPY app.jar /");

        ImageConfig config = builds.config(image);
        assertThat(config.created()).contains(set);
        assertThat(config.history()).containsExactly(History.layer(set, "COPY app.jar /"));
        assertThat(config.labels()).containsEntry("org.opencontainers.image.created", "1970-01-02T00:00:00Z");
        builds.buildArgs = Map.of();
        assertThat(builds.config(builds.build("FROM scratch", "COPY app.jar /")).diffIds())
                .as("files have another time")
                .isNotEqualTo(config.diffIds());
    }

    @Test
    void refusesTimesThatAreNone() {
        for (String time : List.of("yesterday", "-1", "8589934592", "1.5", "")) {
            builds.buildArgs = Map.of("SOURCE_DATE_EPOCH", time);

            BuildException failure = builds.failure("FROM scratch");

            assertThat(failure.reason()).isEqualTo(Reason.REQUEST_INVALID);
            assertThat(failure)
                    .hasMessage(
                            "build argument SOURCE_DATE_EPOCH is '%s'; expected seconds since 1970, 0 to 8589934591",
                            time);
        }
    }

    @Test
    void letsTheLastOfArgAndEnvWin() {
        assertThat(env("FROM scratch", "ARG A=arg", "ENV B=$A")).contains("B=arg");
        assertThat(env("FROM scratch", "ARG A=arg", "ENV A=env", "ENV B=$A")).contains("B=env");
        assertThat(env("FROM scratch", "ENV A=env", "ARG A=arg", "ENV B=$A")).contains("A=env", "B=arg");
        assertThat(env("FROM scratch", "ENV A=env", "ARG A", "ENV B=$A")).contains("B=env");
        assertThat(env("FROM scratch AS a", "ENV A=env", "ARG A=arg", "FROM a", "ENV B=$A"))
                .contains("B=env");
        assertThat(env("FROM scratch AS a", "ARG A=arg", "FROM a", "ENV B=$A")).contains("B=arg");
        assertThat(env("ARG A=global", "FROM scratch", "ENV B=$A")).contains("B=");
    }

    private List<String> env(String... dockerfile) {
        return builds.config(builds.build(dockerfile)).env();
    }

    @Test
    void keepsRequestedArgumentsToItself() {
        builds.buildArgs = Map.of("TOKEN", "s3cret");

        BuiltImage image = builds.build("FROM scratch", "ARG TOKEN=none", "COPY ${TOKEN:+app.jar} /x");

        assertThat(new String(builds.config(image).bytes(), StandardCharsets.UTF_8))
                .contains("ARG TOKEN=none")
                .doesNotContain("s3cret");
        assertThat(builds.steps.toString()).doesNotContain("s3cret");
    }

    @Test
    void forgetsTheCommandOfTheBaseButNotItsOwn() {
        String base = "FROM scratch AS base\nCMD [\"base\"]\n";

        assertThat(builds.config(builds.build(base + "FROM base", "ENTRYPOINT [\"x\"]"))
                        .cmd())
                .isEmpty();
        assertThat(builds.config(builds.build(base + "FROM base", "CMD [\"own\"]", "ENTRYPOINT [\"x\"]"))
                        .cmd())
                .containsExactly("own");
    }

    @Test
    void takesOwnersAndModesFromTheFlags() {
        BuiltImage image = builds.build(
                "FROM scratch",
                "ARG ID=7",
                "COPY --chown=$ID:8 --chmod=0640 conf /etc/conf/",
                "USER 5",
                "WORKDIR /home/x");

        assertThat(builds.files(image).get("etc/conf/a.yml"))
                .get()
                .extracting(Node::attributes)
                .isEqualTo(new Attributes(0640, 7, 8));
        assertThat(builds.files(image).get("etc")).contains(new Node.Directory(new Attributes(0640, 7, 8)));
        assertThat(builds.files(image).get("home/x")).contains(new Node.Directory(new Attributes(0755, 5, 5)));
    }

    @Test
    void linksIndependentlyOfWhatIsBelow() {
        BuiltImage alone = builds.build("FROM scratch", "COPY --link app.jar /opt/");
        BuiltImage above = builds.build("FROM scratch", "COPY --chmod=700 conf /opt/", "COPY --link app.jar /opt/");

        assertThat(builds.manifest(above).layers().get(1))
                .isEqualTo(builds.manifest(alone).layers().get(0));
    }

    @Test
    void saysWhereAFileIsMissing() {
        assertThat(builds.stepFailure("FROM scratch", "", "COPY app.jar \\", "  none.txt /"))
                .isEqualTo("Dockerfile:3:1: 'none.txt' is not there");
        assertThat(builds.stepFailure("FROM scratch AS a", "FROM scratch", "COPY --from=a /none /"))
                .isEqualTo("Dockerfile:3:1: '/none' is not there");
    }

    @Test
    void saysWhereAnArgumentIsWrong() {
        assertThat(invalid("FROM scratch", "ARG P=http", "EXPOSE 80 $P"))
                .isEqualTo("Dockerfile:3:11: 'http' is no port; expected for example 8080, 8080/udp or 8000-8010");
        assertThat(invalid("FROM scratch", "STOPSIGNAL NOPE"))
                .isEqualTo("Dockerfile:2:12: 'NOPE' is no signal; expected a name such as SIGTERM, or 1 to 64");
    }

    @Test
    void saysWhereAVolumeIsEmpty() {
        assertThat(invalid("FROM scratch", "VOLUME /a $NONE"))
                .isEqualTo("Dockerfile:2:11: '$NONE' is empty after expansion; expected a path");
    }

    private String invalid(String... dockerfile) {
        BuildException failure = builds.failure(dockerfile);
        assertThat(failure.reason()).isEqualTo(Reason.DOCKERFILE_INVALID);
        return String.valueOf(failure.getMessage());
    }

    @Test
    void refusesWhatOnlyOthersCanDo() throws IOException {
        Files.write(builds.context.resolve("x.tar"), new Tars().file("a", "a").bytes());

        BuildException run = builds.failure("FROM scratch", "RUN make");
        BuildException add = builds.failure("FROM scratch", "ADD x.tar /");

        assertThat(run.reason()).isEqualTo(Reason.DOCKERFILE_UNSUPPORTED);
        assertThat(run).hasMessageStartingWith("Dockerfile:2:1: RUN runs a command");
        assertThat(add.reason()).isEqualTo(Reason.DOCKERFILE_UNSUPPORTED);
        assertThat(add).hasMessageStartingWith("Dockerfile:2:1: 'x.tar' is an archive, which ADD unpacks");
        assertThat(builds.files(builds.build("FROM scratch", "COPY x.tar /")).below(""))
                .containsOnlyKeys("x.tar");
    }

    @Test
    void saysThatThereIsNoDockerfile() {
        var task = builds.task(AMD64, "FROM scratch");
        var inputs = task.inputs();
        var renamed = new PlatformBuildTask(
                task.buildId(),
                AMD64,
                new BuildInputs(
                        inputs.context(),
                        "none/Dockerfile",
                        null,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        CREATED,
                        false,
                        false,
                        BuildInputs.Resources.NONE,
                        inputs.origin()));

        BuildException failure =
                catchThrowableOfType(BuildException.class, () -> builds.builder.build(renamed, BuildObserver.NONE));

        assertThat(failure.reason()).isEqualTo(Reason.DOCKERFILE_MISSING);
        assertThat(failure).hasMessageContaining("none/Dockerfile");
    }

    @Test
    void isEndedByAnInterrupt() {
        var task = builds.task(AMD64, "FROM scratch", "COPY conf /");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> builds.builder.build(task, BuildObserver.NONE)).isInstanceOf(RuntimeException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void leavesNoTemporaryFiles() {
        builds.file("big", "0123456789".repeat(100_000));
        builds.build("FROM scratch", "COPY . /");
        builds.failure("FROM scratch", "COPY big /", "COPY none /");

        assertThat(builds.leftovers()).isEmpty();
        builds.close();
        assertThat(builds.temporary).isEmptyDirectory();
    }
}
