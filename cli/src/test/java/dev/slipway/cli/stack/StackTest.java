package dev.slipway.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.process.ClassCaches;
import dev.slipway.cli.process.Installation;
import dev.slipway.cli.process.Ports;
import dev.slipway.cli.process.ProcessRecord;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes, each of them a {@link StandInProcess}. */
class StackTest {
    @TempDir
    Path temp;

    private StackHome home;
    private StackOptions options;

    @BeforeEach
    void prepare() throws IOException {
        home = new StackHome(temp.resolve("home"));
        List<Integer> ports = Ports.free(4);
        options = new StackOptions(
                Optional.empty(),
                Optional.empty(),
                ports.get(0),
                List.of(ports.get(1)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ports.get(2),
                ports.get(3),
                StackOptions.Builders.NONE,
                StackOptions.Clusters.NONE);
        Files.createDirectories(temp.resolve("root/local/target"));
        Files.createFile(temp.resolve("root/local/target/local-1.jar"));
        for (String service :
                List.of("build-service", "manifest-service", "push-service", "warmup-service", "gateway")) {
            Path application = Files.createDirectories(
                    temp.resolve("root").resolve(service).resolve("target/quarkus-app"));
            Files.createFile(application.resolve("quarkus-run.jar"));
        }
    }

    @AfterEach
    void stop() throws IOException {
        stack("").down();
    }

    @Test
    void startsEveryProcessAndWaitsUntilItIsReady() throws IOException {
        Stack.Up up = stack("").up(options);

        assertThat(up.found()).isEqualTo(Stack.Found.DOWN);
        assertThat(new StackStatus(InstantSource.system()).lines(up.state()))
                .hasSize(6)
                .allMatch(StackStatus.Line::ready);
    }

    @Test
    void findsARunningStackAndLeavesItAlone() throws IOException {
        StackState first = stack("").up(options).state();

        Stack.Up second = stack("").up(options);

        assertThat(second.found()).isEqualTo(Stack.Found.RUNNING);
        assertThat(second.state()).isEqualTo(first);
    }

    @Test
    void startsOnlyWhatWasKilled() throws IOException {
        StackState first = stack("").up(options).state();
        kill(first.process("push-service").orElseThrow());

        Stack.Up second = stack("").up(options);

        assertThat(second.found()).isEqualTo(Stack.Found.PARTLY_RUNNING);
        assertThat(second.state().process("push-service")).isNotEqualTo(first.process("push-service"));
        assertThat(second.state().process("gateway")).isEqualTo(first.process("gateway"));
        assertThat(second.state().processes())
                .allMatch(process -> process.running().isPresent());
    }

    @Test
    void stopsEveryProcessAndForgetsThem() throws IOException {
        StackState state = stack("").up(options).state();

        int stopped = stack("").down();

        assertThat(stopped).isEqualTo(6);
        assertThat(state.processes()).allMatch(process -> process.running().isEmpty());
        assertThat(new StackFile(home).read()).isEmpty();
        assertThat(stack("").down()).isZero();
    }

    @Test
    void refusesToChangeTheOptionsOfARunningStack() throws IOException {
        stack("").up(options);
        StackOptions other = new StackOptions(
                Optional.of("broker:9092"),
                Optional.empty(),
                options.kafkaPort(),
                options.registryPorts(),
                options.staging(),
                options.signKey(),
                options.policies(),
                options.access(),
                options.otlp(),
                options.gatewayPort(),
                options.spansPort(),
                StackOptions.Builders.NONE,
                StackOptions.Clusters.NONE);

        assertThatThrownBy(() -> stack("").up(other))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("slipway down");
    }

    @Test
    void namesATakenPortBeforeItStartsAnything() throws IOException {
        try (ServerSocket taken =
                new ServerSocket(options.registryPorts().getFirst(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> stack("").up(options))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("port %d, for the registry, is taken", taken.getLocalPort());
        }
        assertThat(new StackFile(home).read()).isEmpty();
    }

    @Test
    void tellsTheEndOfTheLogOfAProcessThatDoesNotStart() throws IOException {
        assertThatThrownBy(() -> stack("manifest-service").up(options))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContaining("manifest-service ended while it started")
                .hasMessageContaining("the stand-in was told to fail")
                .hasMessageContaining(home.log("manifest-service").toString());
    }

    @Test
    void givesThePasswordToTheServiceThatSignsAndToNoOther() throws IOException {
        assertThat(System.getenv()).as("set by the build, for this test").containsKey("COSIGN_PASSWORD");

        stack("").up(options);

        for (String name : StackLayout.names()) {
            String log = Files.readString(home.log(name));
            assertThat(log.contains("was given the password")).as(name).isEqualTo(name.equals("manifest-service"));
        }
    }

    private static void kill(ProcessRecord process) {
        ProcessHandle handle = process.running().orElseThrow();
        handle.destroyForcibly();
        handle.onExit().join();
    }

    private Stack stack(String failing) throws IOException {
        Path java = temp.resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                export STAND_IN_FAILS='%s'
                export CLASSPATH='%s'
                exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx32m %s "$@"
                """.formatted(
                        failing,
                        System.getProperty("java.class.path"),
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        StandInProcess.class.getName()));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Stack(
                new Installation(temp.resolve("root"), java, temp.resolve("aot")), home, ClassCaches.USE, new Silent());
    }

    private record Silent() implements StackListener {
        @Override
        public void starting(String process) {}

        @Override
        public void ready(String process, Duration after) {}

        @Override
        public void stopped(String process, boolean killed) {}
    }
}
