package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real script in a tree of its own, with JDKs and a Maven that only say how they were called. */
class LauncherTest {
    @TempDir
    Path temp;

    private Path root;
    private final Map<String, String> environment = new HashMap<>();

    record Run(int code, String out, String err) {}

    @BeforeEach
    void prepare() throws IOException {
        root = Files.createDirectories(temp.resolve("root"));
        Files.copy(Path.of(System.getProperty("slipway.root")).resolve("slipway"), root.resolve("slipway"));
        Files.setPosixFilePermissions(root.resolve("slipway"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.createDirectories(root.resolve("cli/src/main/java"));
        Files.writeString(root.resolve("cli/pom.xml"), "<project/>");
        Files.writeString(root.resolve("cli/src/main/java/A.java"), "class A {}");
        script(temp.resolve("bin/mvn"), """
                echo "[INFO] Building Slipway :: cli 0.1.0-SNAPSHOT  [1/1]"
                echo "java home: $JAVA_HOME" >>'%s'
                [ ! -e '%s' ] || { echo "[ERROR] it does not compile"; exit 1; }
                mkdir -p '%s' && touch '%s'
                """.formatted(
                        temp.resolve("maven-runs"),
                        temp.resolve("broken"),
                        root.resolve("cli/target"),
                        root.resolve("cli/target/cli-1.jar")));
        environment.put("PATH", temp.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("HOME", temp.resolve("home").toString());
        environment.put("JAVA_HOME", "");
        environment.put("SLIPWAY_MAC_JAVA_HOME", "");
        environment.put("SLIPWAY_TRAIN", "never");
    }

    @Test
    void takesJavaHomeWhereThatIsAJdk25() throws IOException {
        environment.put("JAVA_HOME", jdk("told", "25.0.3").toString());
        environment.put("SLIPWAY_JDK_DIRS", jdk("other", "25").toString());

        assertThat(launch(temp, "jdk").out().strip())
                .isEqualTo(temp.resolve("told").toString());
    }

    @Test
    void looksElsewhereWhereJavaHomeIsOlder() throws IOException {
        environment.put("JAVA_HOME", jdk("old", "17.0.9").toString());
        environment.put(
                "SLIPWAY_JDK_DIRS", jdk("older", "8") + " " + jdk("right", "25.0.1") + " " + jdk("newer", "26"));

        assertThat(launch(temp, "jdk").out().strip())
                .isEqualTo(temp.resolve("right").toString());
    }

    @Test
    void findsAJdkOfSdkman() throws IOException {
        Path jdk = jdk("home/.sdkman/candidates/java/25-tem", "25");

        assertThat(launchWithout("/usr/lib/jvm", "jdk").out().strip()).isEqualTo(jdk.toString());
    }

    @Test
    void asksMacOs() throws IOException {
        Path jdk = jdk("mac", "25");
        environment.put("SLIPWAY_JDK_DIRS", "");
        environment.put(
                "SLIPWAY_MAC_JAVA_HOME",
                script(temp.resolve("java_home"), "echo '%s'".formatted(jdk)).toString());

        assertThat(launch(temp, "jdk").out().strip()).isEqualTo(jdk.toString());
    }

    @Test
    void saysHowToGetAJdkWhereThereIsNone() throws IOException {
        environment.put("JAVA_HOME", jdk("old", "21").toString());
        environment.put("SLIPWAY_JDK_DIRS", "");

        Run run = launch(temp, "status");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .contains("no JDK 25 found", temp.resolve("old").toString(), "apt install", "sdk install", "brew");
    }

    @Test
    void buildsOnceAndThenOnlyWhatChanged() throws IOException {
        useAJdk();

        assertThat(launch(temp, "status", "--x").out()).contains("dev.slipway.cli.Main status --x");
        launch(temp, "status");
        assertThat(mavenRuns()).isEqualTo(1);

        Files.setLastModifiedTime(
                root.resolve("cli/src/main/java/A.java"),
                FileTime.from(Instant.now().plusSeconds(2)));
        launch(temp, "status");
        assertThat(mavenRuns()).isEqualTo(2);
    }

    @Test
    void runsWhatIsBuiltWhereItIsToldNeverToBuild() throws IOException {
        useAJdk();
        environment.put("SLIPWAY_BUILD", "never");

        Run run = launch(temp, "status");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("SLIPWAY_BUILD");
    }

    @Test
    void showsWhatMavenSaysWhenTheBuildFails() throws IOException {
        useAJdk();
        Files.createFile(temp.resolve("broken"));

        Run run = launch(temp, "status");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("[1/1] cli", "[ERROR] it does not compile", "slipway-build.log");
        launch(temp, "status");
        assertThat(mavenRuns()).as("a failed build is tried again").isEqualTo(2);
    }

    @Test
    void runsInTheCallersDirectoryAlsoThroughALink() throws IOException {
        useAJdk();
        Path elsewhere = Files.createDirectories(temp.resolve("else where"));
        Files.createSymbolicLink(temp.resolve("bin/slipway"), root.resolve("slipway"));

        Run run = run(elsewhere, List.of(temp.resolve("bin/slipway").toString(), "build", "a b"));

        assertThat(run.out()).contains("cwd: " + elsewhere.toRealPath(), "dev.slipway.cli.Main build a b");
    }

    @Test
    void buildsWithTheJdkItFound() throws IOException {
        Path jdk = useAJdk();

        launch(temp, "status");

        assertThat(Files.readString(temp.resolve("maven-runs"))).contains("java home: " + jdk);
    }

    private Path useAJdk() throws IOException {
        Path jdk = jdk("jdk", "25.0.3");
        environment.put("JAVA_HOME", jdk.toString());
        return jdk;
    }

    private long mavenRuns() throws IOException {
        return Files.readAllLines(temp.resolve("maven-runs")).size();
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = temp.resolve(name);
        script(jdk.resolve("bin/java"), "echo \"cwd: $PWD\"; echo \"$@\"");
        script(jdk.resolve("bin/javac"), ":");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        return jdk;
    }

    private static Path script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** With the candidates that the script itself knows, but for one place where this machine may have a JDK 25. */
    private Run launchWithout(String place, String... arguments) throws IOException {
        Path script = root.resolve("slipway");
        Files.writeString(
                script,
                Files.readString(script).replace(place, temp.resolve("nowhere").toString()));
        return launch(temp, arguments);
    }

    private Run launch(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(root.resolve("slipway").toString()));
        command.addAll(List.of(arguments));
        return run(directory, command);
    }

    private Run run(Path directory, List<String> command) throws IOException {
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        try {
            int code = builder.start().waitFor();
            return new Run(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
