package dev.slipway.build.buildah;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.BuildInputs;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.tool.WorkerFiles;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildahArgumentsTest {
    private static final BuildahArguments.Paths PATHS = new BuildahArguments.Paths(
            Path.of("/w/context"), Path.of("/w/d/Dockerfile"), Path.of("/w/d/ignore"), Path.of("/w/id"));

    @TempDir
    private Path secrets;

    @Test
    void handsTheRequestOver() throws IOException {
        Files.writeString(secrets.resolve("npm"), "hush");
        BuildInputs.Resources resources = new BuildInputs.Resources(
                List.of("type=registry,ref=ghcr.io/team/cache:main"),
                List.of("ghcr.io/team/cache"),
                List.of("npm"),
                List.of());

        assertThat(arguments().build(task("app", Map.of("A", "b c; $(d)"), true, resources), PATHS))
                .containsExactly(
                        "buildah",
                        "--root=/s/root",
                        "--runroot=/s/run",
                        "build",
                        "--isolation=chroot",
                        "--network=host",
                        "--platform=linux/arm/v7",
                        "--file=/w/d/Dockerfile",
                        "--ignorefile=/w/d/ignore",
                        "--iidfile=/w/id",
                        "--format=oci",
                        "--identity-label=false",
                        "--layers",
                        "--force-rm",
                        "--no-cache",
                        "--target=app",
                        "--build-arg=A=b c; $(d)",
                        "--cache-from=ghcr.io/team/cache",
                        "--cache-to=ghcr.io/team/cache",
                        "--secret=id=npm,src=" + secrets.resolve("npm"),
                        "--",
                        "/w/context");
    }

    @Test
    void setsTheTimeThatTheRequestSets() {
        assertThat(arguments()
                        .build(task(null, Map.of("SOURCE_DATE_EPOCH", "7"), false, BuildInputs.Resources.NONE), PATHS))
                .contains("--timestamp=7", "--build-arg=SOURCE_DATE_EPOCH=7")
                .doesNotContain("--no-cache");
    }

    @Test
    void refusesSecretsThatTheWorkerDoesNotHave() {
        assertThatThrownBy(() -> arguments().build(secret("other"), PATHS))
                .hasMessage("the worker has no secret 'other'");
        assertThatThrownBy(() -> arguments().build(secret("../etc/shadow"), PATHS))
                .hasMessageContaining("'../etc/shadow' is no name of a secret");
    }

    @Test
    void refusesCachesThatBuildahDoesNotHave() {
        BuildInputs.Resources local =
                new BuildInputs.Resources(List.of("type=local,src=mine"), List.of(), List.of(), List.of());

        assertThatThrownBy(() -> arguments().build(task(null, Map.of(), false, local), PATHS))
                .hasMessageContaining("'mine' is a local one");
    }

    private BuildahArguments arguments() {
        return new BuildahArguments(new BuildahSettings(
                "buildah",
                BuildahSettings.Isolation.CHROOT,
                Path.of("/s"),
                Path.of("/w"),
                WorkerFiles.in(Optional.of(secrets), Optional.empty())));
    }

    private static PlatformBuildTask secret(String name) {
        return task(null, Map.of(), false, new BuildInputs.Resources(List.of(), List.of(), List.of(name), List.of()));
    }

    private static PlatformBuildTask task(
            @Nullable String target, Map<String, String> buildArgs, boolean noCache, BuildInputs.Resources resources) {
        BuildInputs inputs = new BuildInputs(
                Descriptor.of("application/x", "context".getBytes(UTF_8)),
                "Dockerfile",
                target,
                buildArgs,
                Map.of(),
                Map.of("label", "not an option"),
                Map.of("annotation", "not an option"),
                Instant.EPOCH,
                false,
                noCache,
                resources,
                new BuildInputs.Origin(null, null, "0".repeat(31) + "1"));
        return new PlatformBuildTask("b", Platform.parse("linux/arm/v7"), inputs);
    }
}
