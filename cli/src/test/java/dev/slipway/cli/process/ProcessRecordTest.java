package dev.slipway.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessRecordTest {
    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(List.of("/bin/sh", "-c", "sleep 60; :", "-Dslipway.process=gateway")).start();
    }

    @AfterEach
    void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Test
    void findsTheProcessItRecords() {
        assertThat(record("gateway", process.pid(), startedAt()).running())
                .map(ProcessHandle::pid)
                .contains(process.pid());
    }

    @Test
    void takesNoProcessOfAnotherNameForIt() {
        assertThat(record("push-service", process.pid(), startedAt()).running()).isEmpty();
    }

    @Test
    void takesNoProcessThatHasItsNumberByNowForIt() {
        assertThat(record("gateway", process.pid(), startedAt().minusSeconds(60))
                        .running())
                .isEmpty();
        assertThat(record("gateway", ProcessHandle.current().pid(), startedAt()).running())
                .isEmpty();
    }

    @Test
    void isNotRunningOnceItHasEnded() {
        stop();
        process.onExit().join();

        assertThat(record("gateway", process.pid(), startedAt()).running()).isEmpty();
    }

    private Instant startedAt() {
        return process.info().startInstant().orElseGet(Instant::now);
    }

    private static ProcessRecord record(String name, long pid, Instant startedAt) {
        return new ProcessRecord(name, pid, startedAt, 1, "http://127.0.0.1:1/");
    }
}
