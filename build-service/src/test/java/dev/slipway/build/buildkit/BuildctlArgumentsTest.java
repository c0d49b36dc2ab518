package dev.slipway.build.buildkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.AllowedFrontends;
import dev.slipway.build.BuildInputs;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.tool.NamedFiles;
import dev.slipway.build.tool.WorkerFiles;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Platform;
import dev.slipway.oci.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildctlArgumentsTest {
    private static final BuildctlArguments.Paths PATHS =
            new BuildctlArguments.Paths(Path.of("/w/context"), Path.of("/w/d/Dockerfile"), Path.of("/w/metadata"));

    @TempDir
    private Path files;

    @Test
    void handsTheRequestOver() throws IOException {
        Files.writeString(files.resolve("npm"), "hush");
        Files.createDirectories(files.resolve("warm"));
        Files.writeString(files.resolve("warm/index.json"), "{}");
        BuildInputs.Resources resources = new BuildInputs.Resources(
                List.of("type=registry,ref=ghcr.io/team/cache:main", "type=local,src=warm", "type=local,src=cold"),
                List.of("type=registry,ref=127.0.0.1:5000/cache:main,mode=max", "type=local,dest=warm"),
                List.of("npm"),
                List.of("npm"));

        assertThat(arguments().build(task(Map.of("A", "b c; $(d)"), true, false, resources), PATHS, false))
                .containsExactly(
                        "buildctl",
                        "--addr=unix:///run/b.sock",
                        "build",
                        "--progress=rawjson",
                        "--frontend=dockerfile.v0",
                        "--local=context=/w/context",
                        "--local=dockerfile=/w/d",
                        "--opt=filename=Dockerfile",
                        "--opt=platform=linux/arm64",
                        "--opt=cmdline=built-in",
                        "--opt=target=app",
                        "--opt=build-arg:A=b c; $(d)",
                        "--no-cache",
                        "--import-cache=type=registry,ref=ghcr.io/team/cache:main",
                        "--import-cache=type=local,src=" + files.resolve("warm"),
                        "--export-cache=type=registry,ref=127.0.0.1:5000/cache:main,mode=max,registry.insecure=true",
                        "--export-cache=type=local,dest=%s,mode=min".formatted(files.resolve("warm")),
                        "--secret=id=npm,src=" + files.resolve("npm"),
                        "--ssh=npm=" + files.resolve("npm"),
                        "--metadata-file=/w/metadata",
                        "--output=type=image,name=127.0.0.1:5000/slipway/staging,push=true,push-by-digest=true,oci-mediatypes=true,registry.insecure=true");
    }

    @Test
    void letsAnAllowedFrontendBeLoaded() {
        assertThat(arguments().build(task(Map.of(), false, false, BuildInputs.Resources.NONE), PATHS, true))
                .noneMatch(word -> word.contains("cmdline"));
    }

    @Test
    void setsAllTimesOfAReproducibleImage() {
        List<String> words = arguments().build(task(Map.of(), false, true, BuildInputs.Resources.NONE), PATHS, false);

        assertThat(words).contains("--opt=build-arg:SOURCE_DATE_EPOCH=0");
        assertThat(words.getLast()).endsWith(",rewrite-timestamp=true");
    }

    private BuildctlArguments arguments() {
        return new BuildctlArguments(new BuildKitSettings(
                "buildctl",
                new DaemonAddress("unix:///run/b.sock", Optional.empty()),
                new RepositoryName("127.0.0.1:5000", "slipway/staging"),
                Path.of("/w"),
                WorkerFiles.in(Optional.of(files), Optional.of(files)),
                new NamedFiles("local cache", Optional.of(files)),
                AllowedFrontends.NONE));
    }

    private static PlatformBuildTask task(
            Map<String, String> buildArgs, boolean noCache, boolean reproducible, BuildInputs.Resources resources) {
        BuildInputs inputs = new BuildInputs(
                Descriptor.of("application/x", "context".getBytes(UTF_8)),
                "Dockerfile",
                "app",
                buildArgs,
                Map.of(),
                Map.of("label", "not an option"),
                Map.of(),
                Instant.EPOCH,
                reproducible,
                noCache,
                resources,
                new BuildInputs.Origin(null, null, "0".repeat(31) + "1"));
        return new PlatformBuildTask("b", Platform.parse("linux/arm64"), inputs);
    }
}
