package dev.slipway.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckRequestTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {"linux/amd64,linux/arm/v7", "[\"linux/amd64\", \"linux/arm/v7\"]", " linux/x86_64 , linux/arm"})
    void readsPlatformsInEveryForm(String text) {
        assertThat(check(Map.of()).platforms(List.of(text)))
                .extracting(Platform::name)
                .containsExactly("linux/amd64", "linux/arm/v7");
    }

    @Test
    void takesPlatformsOfCiWhereNoneAreGiven() {
        assertThat(check(Map.of("PLATFORMS_JSON", "[\"linux/s390x\"]")).platforms(List.of()))
                .extracting(Platform::name)
                .containsExactly("linux/s390x");
        assertThat(check(Map.of()).platforms(List.of())).containsExactly(Platform.host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", " ", "[]"})
    void refusesAnEmptyListOfPlatforms(String text) {
        refuses(() -> check(Map.of()).platforms(List.of(text)), "--platform names no platform");
        refuses(() -> check(Map.of("PLATFORMS_JSON", text)).platforms(List.of()), "PLATFORMS_JSON names no platform");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "linux/amd46", "lunix/amd64", "linux/amd64/v1/x"})
    void refusesAPlatformThatNobodyKnows(String text) {
        refuses(() -> check(Map.of()).platforms(List.of("linux/amd64," + text)), "'" + text + "'");
    }

    @Test
    void takesPrioritiesWithinTheirBoundsOnly() {
        CheckRequest check = check(Map.of());

        assertThat(check.priority(Optional.empty())).isZero();
        assertThat(check.priority(Optional.of("-100"))).isEqualTo(-100);
        refuses(() -> check.priority(Optional.of("101")), "from -100 to 100, and it is '101'");
        refuses(() -> check.priority(Optional.of("high")), "it is 'high'");
        refuses(() -> check.workerLabels(List.of("env")), "--worker-label: wanted is KEY=VALUE");
    }

    @Test
    void completesTagsAsDockerDoes() {
        assertThat(check(Map.of()).tags(List.of("hello", "127.0.0.1:5000/a/b:1.0", "hello:latest")))
                .extracting(Object::toString)
                .containsExactly("docker.io/library/hello:latest", "127.0.0.1:5000/a/b:1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x/UPPER:1", "a:b:c", "host:5000/x:", "http://host/x:1", "a b/c:1", "x@sha256:12", "-/x:1:2"
            })
    void refusesAMalformedReference(String text) {
        refuses(() -> check(Map.of()).tags(List.of(text)), "--tag");
    }

    @Test
    void refusesToBuildForNobody() {
        refuses(() -> check(Map.of()).tags(List.of()), "-t");
    }

    @Test
    void findsTheDockerfileWhereDockerDoes() throws IOException {
        Path context = Files.createDirectories(temp.resolve("context/docker"));
        Path inside = Files.createFile(context.resolve("Dockerfile"));
        Path beside = Files.createFile(temp.resolve("Other"));
        CheckRequest check = check(Map.of());

        assertThat(check.dockerfile(temp.resolve("context"), Optional.of("docker/Dockerfile")))
                .isEqualTo(inside);
        assertThat(check.dockerfile(context, Optional.empty())).isEqualTo(inside);
        assertThat(check.dockerfile(context, Optional.of("Other"))).isEqualTo(beside);
        refuses(
                () -> check.dockerfile(temp, Optional.empty()),
                temp.resolve("Dockerfile").toString());
        refuses(
                () -> check.dockerfile(temp, Optional.of("none")),
                temp.resolve("none").toString());
    }

    @Test
    void refusesAContextThatIsNoDirectory() throws IOException {
        Files.createFile(temp.resolve("file"));

        assertThat(check(Map.of()).directory(".")).isEqualTo(temp.resolve("."));
        refuses(() -> check(Map.of()).directory("file"), "'file'");
        refuses(() -> check(Map.of()).directory("https://github.com/a/b.git"), "'https://github.com/a/b.git'");
    }

    @Test
    void takesBuildArgumentsWithoutAValueFromTheEnvironment() {
        assertThat(check(Map.of("A", "from outside")).buildArgs(List.of("A", "B=b=c", "C", "D=")))
                .isEqualTo(Map.of("A", "from outside", "B", "b=c", "D", ""));
        refuses(() -> check(Map.of()).buildArgs(List.of("=x")), "'=x'");
    }

    @Test
    void refusesLabelsAndAnnotationsItCannotRead() {
        assertThat(check(Map.of()).annotations(List.of("org.example.a=index:1")))
                .containsEntry("org.example.a", "index:1");
        refuses(() -> check(Map.of()).labels(List.of("novalue")), "'novalue'");
        refuses(() -> check(Map.of()).annotations(List.of("index:a=b")), "'index:a=b' names a level");
        refuses(() -> check(Map.of()).annotations(List.of("manifest[linux/amd64]:a=b")), "names a level");
    }

    @Test
    void takesTheModeOfCi() {
        assertThat(check(Map.of("BUILD_MODE", "snapshot")).mode()).contains("snapshot");
        assertThat(check(Map.of()).mode()).isEmpty();
        refuses(() -> check(Map.of("BUILD_MODE", "fast")).mode(), "'fast'");
    }

    private CheckRequest check(Map<String, String> environment) {
        return new CheckRequest(temp, environment);
    }

    private static void refuses(ThrowingCallable call, String said) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(said);
    }
}
