package dev.slipway.build.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.AllowedFrontends;
import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.DockerfileInspector;
import dev.slipway.build.ImageRepositories;
import dev.slipway.build.Requirement;
import dev.slipway.build.queue.WantedWorker;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.layout.ImageLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanBuildTest {
    private static final Descriptor CONTEXT = Descriptor.of(MediaTypes.IMAGE_MANIFEST, "context".getBytes(UTF_8));
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");
    private static final Platform S390X = Platform.parse("linux/s390x");

    @TempDir
    private Path directory;

    private ImageLayout bases;
    private ImageRepositories repositories = repository -> bases;
    private BuildContexts contexts = (context, path) -> "FROM scratch".getBytes(UTF_8);
    private Set<String> names = Set.of();
    private List<Requirement> requirements = List.of();
    private Optional<String> frontend = Optional.empty();
    private static final WantedWorker ANY = new WantedWorker("default", Map.of());

    private List<OfferedBuilders.Offer> offers =
            List.of(new OfferedBuilders.Offer("embedded", List.of(AMD64), Map.of()));

    @BeforeEach
    void prepare() {
        bases = ImageLayout.at(directory);
    }

    @Test
    void plansWhatIsFine() {
        assertThat(plan(request("linux/amd64", "linux/aarch64", "linux/x86_64")))
                .isInstanceOfSatisfying(PlanOutcome.Planned.class, planned -> {
                    assertThat(planned.platforms()).containsExactly(AMD64, ARM64);
                    assertThat(planned.builder()).isEqualTo("embedded");
                    assertThat(planned.bases()).isEmpty();
                });
    }

    @Test
    void fixesBaseImagesByDigest() {
        Digest index = index("3.20", AMD64, ARM64);
        names = Set.of("alpine:3.20");

        assertThat(plan(request("linux/amd64", "linux/arm64")))
                .isInstanceOfSatisfying(
                        PlanOutcome.Planned.class,
                        planned -> assertThat(planned.bases())
                                .hasEntrySatisfying(
                                        "alpine:3.20",
                                        reference -> assertThat(reference)
                                                .hasToString("docker.io/library/alpine:3.20@" + index)));
    }

    @Test
    void asksForATagAgainEachTimeSinceItMayHaveMoved() {
        names = Set.of("alpine:3.20");
        index("3.20", AMD64);
        PlanBuild planner = planner();
        planner.plan(request("linux/amd64"));
        Digest moved = index("3.20", AMD64, S390X);

        assertThat(planner.plan(request("linux/amd64")))
                .isInstanceOfSatisfying(
                        PlanOutcome.Planned.class,
                        planned -> assertThat(planned.bases())
                                .hasEntrySatisfying(
                                        "alpine:3.20",
                                        reference ->
                                                assertThat(reference.digest()).isEqualTo(moved)));
    }

    @Test
    void rejectsABaseThatLacksAPlatformAndSaysWhatItHas() {
        index("3.20", AMD64, ARM64);
        names = Set.of("alpine:3.20");

        assertThat(violations(plan(request("linux/amd64", "linux/s390x"))))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.reason()).isEqualTo(Reason.PLATFORM_UNAVAILABLE);
                    assertThat(violation.concerns()).isEqualTo("linux/s390x");
                    assertThat(violation.message())
                            .contains("alpine:3.20")
                            .contains("linux/s390x")
                            .contains("linux/amd64, linux/arm64");
                });
    }

    @Test
    void takesASingleImageForThePlatformItsConfigSays() {
        bases.tag(image(AMD64), "one");
        names = Set.of("alpine:one");

        assertThat(plan(request("linux/amd64"))).isInstanceOf(PlanOutcome.Planned.class);
        assertThat(violations(plan(request("linux/arm64"))))
                .extracting(Violation::reason)
                .containsExactly(Reason.PLATFORM_UNAVAILABLE);
    }

    @Test
    void leavesOutAnOptionalPlatformThatABaseLacks() {
        index("3.20", AMD64);
        names = Set.of("alpine:3.20");

        assertThat(plan(request(List.of("linux/amd64"), List.of("linux/s390x"))))
                .isInstanceOfSatisfying(PlanOutcome.Planned.class, planned -> {
                    assertThat(planned.optionalPlatforms()).containsExactly(S390X);
                    assertThat(planned.unavailable()).containsOnlyKeys(S390X);
                });
    }

    @Test
    void rejectsABaseThatIsNotThere() {
        names = Set.of("alpine:nope");

        assertThat(violations(plan(request("linux/amd64")))).singleElement().satisfies(violation -> {
            assertThat(violation.reason()).isEqualTo(Reason.BASE_IMAGE_UNAVAILABLE);
            assertThat(violation.message()).contains("alpine:nope");
            assertThat(violation.retryable()).isFalse();
        });
    }

    @Test
    void saysThatARegistryIsDownAndThatTryingAgainCanHelp() {
        names = Set.of("ghcr.io/a/b:1");
        repositories = repository -> {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE, repository.registry(), "ghcr.io refused the connection", null);
        };

        assertThat(violations(plan(request("linux/amd64")))).singleElement().satisfies(violation -> {
            assertThat(violation.reason()).isEqualTo(Reason.REGISTRY_UNAVAILABLE);
            assertThat(violation.concerns()).isEqualTo("ghcr.io");
            assertThat(violation.message()).contains("ghcr.io/a/b:1");
            assertThat(violation.retryable()).isTrue();
        });
    }

    @Test
    void leavesARequestAloneWhileStagingIsDown() {
        contexts = (context, path) -> {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "staging:1", "staging:1 is down", null);
        };

        assertThatThrownBy(() -> plan(request("linux/amd64"))).isInstanceOf(StoreException.class);
    }

    @Test
    void saysThatThereIsNoKeyWhereSignaturesAreWanted() {
        BuildRequest plain = request("linux/amd64");
        BuildRequest request = new BuildRequest(
                plain.buildId(),
                plain.context(),
                plain.file(),
                plain.target(),
                plain.platforms(),
                plain.optionalPlatforms(),
                plain.buildArgs(),
                plain.tags(),
                plain.timeout(),
                plain.deadline(),
                plain.worker(),
                plain.requirements(),
                List.of("sign"));

        assertThat(violations(plan(request)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message())
                        .isEqualTo("the request asks for 'sign', and no signing key is configured"));
    }

    @Test
    void collectsViolationsOfEveryKind() {
        contexts = (context, path) -> {
            throw BuildException.permanent(Reason.DOCKERFILE_MISSING, "there is no Dockerfile '%s'".formatted(path));
        };
        BuildRequest request = new BuildRequest(
                "b",
                CONTEXT,
                "Dockerfile",
                null,
                List.of(),
                List.of("plan9/toaster"),
                Map.of(),
                List.of(),
                Duration.ZERO,
                Duration.ofHours(-1),
                ANY,
                List.of(),
                List.of("secrets", "sbom"));

        assertThat(violations(plan(request)))
                .extracting(Violation::reason)
                .containsExactly(
                        Reason.OPTION_UNSUPPORTED,
                        Reason.OPTION_UNSUPPORTED,
                        Reason.REQUEST_INVALID,
                        Reason.REQUEST_INVALID,
                        Reason.REQUEST_INVALID,
                        Reason.PLATFORM_UNKNOWN,
                        Reason.REQUEST_INVALID,
                        Reason.DOCKERFILE_MISSING);
    }

    @Test
    void rejectsAPlatformThatIsBothRequiredAndOptional() {
        assertThat(violations(plan(request(List.of("linux/arm"), List.of("linux/arm/v7")))))
                .extracting(Violation::concerns)
                .containsExactly("linux/arm/v7");
    }

    @Test
    void rejectsWhatNoWorkersBuilderCanDo() {
        requirements = List.of(run("Dockerfile:3:1: RUN"), run("Dockerfile:9:1: RUN"));
        offers = List.of(new OfferedBuilders.Offer("embedded", List.of(AMD64), Map.of()));

        assertThat(violations(plan(request("linux/amd64"))))
                .extracting(Violation::message)
                .containsExactly(
                        "Dockerfile:3:1: RUN; missing is a worker that has one of them: pool 'default' has workers with embedded",
                        "Dockerfile:9:1: RUN; missing is a worker that has one of them: pool 'default' has workers with embedded");
    }

    @Test
    void rejectsAtOnceWhatNoWorkerOfThePoolWillEverBuild() {
        offers = List.of();

        assertThat(violations(plan(request("linux/amd64")))).singleElement().satisfies(violation -> {
            assertThat(violation.reason()).isEqualTo(Reason.WORKER_UNAVAILABLE);
            assertThat(violation.concerns()).isEqualTo("default");
            assertThat(violation.retryable()).isTrue();
            assertThat(violation.message())
                    .isEqualTo("missing is a worker of pool 'default': no worker of that pool has reported of late");
        });
    }

    @Test
    void rejectsWhenNoWorkerHasTheLabels() {
        offers = List.of(
                new OfferedBuilders.Offer("embedded", List.of(AMD64), Map.of()),
                new OfferedBuilders.Offer("embedded", List.of(AMD64), Map.of("env", "test")));
        WantedWorker prod = new WantedWorker("default", Map.of("env", "prod"));

        assertThat(violations(plan(request(List.of("linux/amd64"), List.of(), prod))))
                .extracting(Violation::message)
                .containsExactly(
                        "missing is a worker of pool 'default' with the labels env=prod: its workers have no labels; env=test");
    }

    @Test
    void looksForBuildersAmongWorkersWithTheLabelsOnly() {
        requirements = List.of(run("Dockerfile:3:1: RUN"));
        offers = List.of(
                new OfferedBuilders.Offer("buildkit", List.of(AMD64), Map.of()),
                new OfferedBuilders.Offer("buildah", List.of(AMD64), Map.of("env", "prod", "arch", "amd64")));
        WantedWorker prod = new WantedWorker("default", Map.of("env", "prod"));

        assertThat(plan(request(List.of("linux/amd64"), List.of(), prod)))
                .isInstanceOfSatisfying(
                        PlanOutcome.Planned.class,
                        planned -> assertThat(planned.builder()).isEqualTo("buildah"));
    }

    @Test
    void takesABuilderOfAWorkerForWhatTheEmbeddedOneCannotDo() {
        requirements = List.of(run("Dockerfile:3:1: RUN"));
        offers = List.of(
                new OfferedBuilders.Offer("embedded", List.of(AMD64), Map.of()),
                new OfferedBuilders.Offer("buildah", List.of(AMD64, ARM64), Map.of()));

        assertThat(plan(request("linux/amd64", "linux/arm64")))
                .isInstanceOfSatisfying(
                        PlanOutcome.Planned.class,
                        planned -> assertThat(planned.builder()).isEqualTo("buildah"));
    }

    @Test
    void takesTheBuilderThatHasAllPlatforms() {
        requirements = List.of(run("Dockerfile:3:1: RUN"));
        offers = List.of(
                new OfferedBuilders.Offer("buildkit", List.of(AMD64), Map.of()),
                new OfferedBuilders.Offer("buildah", List.of(AMD64), Map.of()),
                new OfferedBuilders.Offer("buildah", List.of(ARM64), Map.of()));

        assertThat(plan(request("linux/amd64", "linux/arm64")))
                .isInstanceOfSatisfying(
                        PlanOutcome.Planned.class,
                        planned -> assertThat(planned.builder()).isEqualTo("buildah"));
    }

    @Test
    void rejectsAPlatformThatNoWorkerRuns() {
        requirements = List.of(run("Dockerfile:3:1: RUN"));
        offers = List.of(new OfferedBuilders.Offer("buildah", List.of(AMD64), Map.of()));

        assertThat(violations(plan(request("linux/amd64", "linux/s390x"))))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.reason()).isEqualTo(Reason.PLATFORM_UNAVAILABLE);
                    assertThat(violation.concerns()).isEqualTo("linux/s390x");
                    assertThat(violation.message())
                            .startsWith(
                                    "no worker of pool 'default' runs programs of linux/s390x; they have buildah for linux/amd64");
                });
    }

    @Test
    void goesOnWithoutAnOptionalPlatformThatNoWorkerRuns() {
        requirements = List.of(run("Dockerfile:3:1: RUN"));
        offers = List.of(new OfferedBuilders.Offer("buildah", List.of(AMD64), Map.of()));

        assertThat(plan(request(List.of("linux/amd64"), List.of("linux/s390x"))))
                .isInstanceOfSatisfying(
                        PlanOutcome.Planned.class,
                        planned -> assertThat(planned.unavailable()).containsOnlyKeys(S390X));
    }

    @Test
    void takesNoBuilderThatCannotDoAll() {
        requirements = List.of(run("Dockerfile:3:1: RUN"), new Requirement("Dockerfile:4:1: flag", Set.of("buildkit")));
        offers = List.of(new OfferedBuilders.Offer("buildah", List.of(AMD64), Map.of()));

        assertThat(violations(plan(request("linux/amd64")))).hasSize(2);
    }

    @Test
    void refusesFrontendsThatNobodyAllowed() {
        requirements = List.of(new Requirement("Dockerfile:1:10: syntax", Set.of("buildkit")));
        offers = List.of(new OfferedBuilders.Offer("buildkit", List.of(AMD64), Map.of()));
        frontend = Optional.of("evil.example/frontend:1");

        assertThat(violations(plan(request("linux/amd64"))))
                .singleElement()
                .extracting(Violation::message)
                .isEqualTo(
                        "Dockerfile:1:10: syntax; the frontend 'evil.example/frontend:1' is not among those that are allowed: ghcr.io/team/frontend");
    }

    @Test
    void takesFrontendsThatAreAllowed() {
        requirements = List.of(new Requirement("Dockerfile:1:10: syntax", Set.of("buildkit")));
        offers = List.of(new OfferedBuilders.Offer("buildkit", List.of(AMD64), Map.of()));
        frontend = Optional.of("ghcr.io/team/frontend:2");

        assertThat(plan(request("linux/amd64")))
                .isInstanceOfSatisfying(
                        PlanOutcome.Planned.class,
                        planned -> assertThat(planned.builder()).isEqualTo("buildkit"));
    }

    private static Requirement run(String what) {
        return new Requirement(what, Set.of("buildkit", "buildah"));
    }

    private PlanOutcome plan(BuildRequest request) {
        return planner().plan(request);
    }

    private PlanBuild planner() {
        DockerfileInspector inspector = (dockerfile, options) -> {
            Map<Platform, Set<String>> wanted = new HashMap<>();
            options.platforms().forEach(platform -> wanted.put(platform, names));
            return new DockerfileInspector.Findings(wanted, requirements, frontend, List.of());
        };
        return new PlanBuild(
                contexts,
                inspector,
                repositories,
                (pool, enough) -> offers,
                new AllowedFrontends(List.of("ghcr.io/team/frontend")));
    }

    private static List<Violation> violations(PlanOutcome outcome) {
        assertThat(outcome).isInstanceOf(PlanOutcome.Rejected.class);
        return ((PlanOutcome.Rejected) outcome).violations();
    }

    private static BuildRequest request(String... platforms) {
        return request(List.of(platforms), List.of());
    }

    private static BuildRequest request(List<String> platforms, List<String> optional) {
        return request(platforms, optional, ANY);
    }

    private static BuildRequest request(List<String> platforms, List<String> optional, WantedWorker worker) {
        return new BuildRequest(
                "b",
                CONTEXT,
                "Dockerfile",
                null,
                platforms,
                optional,
                Map.of(),
                List.of("ghcr.io/a/b:1"),
                Duration.ofHours(1),
                Duration.ofHours(4),
                worker,
                List.of(),
                List.of());
    }

    private Digest index(String tag, Platform... platforms) {
        List<Descriptor> children = Arrays.stream(platforms)
                .map(platform -> bases.putManifest(image(platform)).withPlatform(platform))
                .toList();
        return bases.tag(ImageIndex.of(children).manifest(), tag).digest();
    }

    private dev.slipway.oci.Manifest image(Platform platform) {
        ImageConfig config = ImageConfig.of(platform);
        bases.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
        return ImageManifest.of(config.descriptor(), List.of()).manifest();
    }
}
