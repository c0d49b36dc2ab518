package dev.slipway.build.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunProgramTest {
    private static final Map<String, String> PATH = Map.of("PATH", System.getenv("PATH"));
    private final RunProgram programs = new RunProgram(Duration.ofMillis(300));
    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void handsOnWhatItPrintsAndItsCode() {
        int code = programs.run(sh("echo one; echo two >&2; printf three; exit 3"), lines::add);

        assertThat(code).isEqualTo(3);
        assertThat(lines).containsExactly("one", "two", "three");
    }

    @Test
    void inheritsNoVariable() {
        programs.run(new Invocation(List.of("/usr/bin/env"), Map.of("ONLY", "this"), directory), lines::add);

        assertThat(lines).containsExactly("ONLY=this");
    }

    @Test
    void letsNoShellReadArguments() {
        programs.run(new Invocation(List.of("echo", "$(id); *"), PATH, directory), lines::add);

        assertThat(lines).containsExactly("$(id); *");
    }

    @Test
    void handsOnALineAsLongAsThoseOfBuildKit() {
        programs.run(sh("head -c 1000000 /dev/zero | tr '\\0' x; echo; echo next"), lines::add);

        assertThat(lines).containsExactly("x".repeat(1_000_000), "next");
    }

    @Test
    void dropsTheRestOfALineThatIsTooLong() {
        programs.run(sh("head -c 5000000 /dev/zero | tr '\\0' x; echo; echo next"), lines::add);

        assertThat(lines).containsExactly("x".repeat(Output.LONGEST_LINE), "next");
    }

    @Test
    void saysWhichProgramIsNotThere() {
        assertThatThrownBy(() -> programs.run(new Invocation(List.of("no-such-tool"), PATH, directory), lines::add))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("'no-such-tool' cannot be started");
    }

    @Test
    void endsTheWholeTreeWhenInterrupted() throws InterruptedException {
        // the grandchild does not listen to SIGTERM
        List<Long> pids = interruptAfter(
                sh("sh -c 'trap \"\" TERM; echo pid $$; while true; do sleep 3600; done' & echo pid $$; wait"), 2);

        assertThat(pids)
                .allMatch(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void endsDaemonsTooInAProcessSpaceOfTheirOwn() throws InterruptedException {
        OwnProcessSpace space = OwnProcessSpace.probe();
        assumeTrue(
                space.isAvailable(),
                "skipped: 'unshare' is not there, or may not make process namespaces (needs root)");
        Path log = directory.resolve("daemon");
        Invocation daemon = new Invocation(
                space.around(List.of(
                        "/bin/sh",
                        "-c",
                        "(setsid sh -c 'while true; do date +%N > " + log
                                + "; sleep 0.05; done' &) ; echo pid 1; sleep 3600")),
                PATH,
                directory);
        interruptAfter(daemon, 1);

        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> process.info()
                                .arguments()
                                .filter(arguments -> String.join(" ", arguments).contains(log.toString()))
                                .isPresent()))
                .isEmpty();
    }

    private List<Long> interruptAfter(Invocation invocation, int lines) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(lines);
        List<Long> pids = new ArrayList<>();
        CompletableFuture<BuildException> failure = new CompletableFuture<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
        Thread builder = Thread.ofVirtual().start(() -> {
            failure.complete(catchThrowableOfType(
                    BuildException.class,
                    () -> programs.run(invocation, line -> {
                        pids.add(Long.valueOf(line.substring(4)));
                        started.countDown();
                    })));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        builder.interrupt();
        assertThat(builder.join(Duration.ofSeconds(20))).isTrue();
        assertThat(failure.join().reason()).isEqualTo(Reason.BUILD_CANCELLED);
        assertThat(interrupted.get()).as("still interrupted").isTrue();
        return pids;
    }

    private Invocation sh(String script) {
        return new Invocation(List.of("/bin/sh", "-c", script), PATH, directory);
    }
}
