package dev.slipway.warmup.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.oci.Platform;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Run by the kernel, or by QEMU where that is installed. */
final class ToolProgramTest {
    private static final String RUN_ALONE = "";
    private static final Map<String, String> EMULATORS =
            Map.of("amd64", "qemu-x86_64-static", "arm64", "qemu-aarch64-static");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"amd64", "arm64"})
    void copiesItselfToWhereItIsToldAndTheCopyEndsWell(String architecture) throws Exception {
        String emulator = emulator(architecture);
        Path program = program(architecture);
        Path copy = directory.resolve("copy");

        assertThat(run(emulator, program, copy.toString())).isZero();

        assertThat(copy).hasSameBinaryContentAs(program).isExecutable();
        assertThat(run(emulator, copy)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"amd64", "arm64"})
    void saysWhenItCannotBeCopied(String architecture) throws Exception {
        String emulator = emulator(architecture);

        assertThat(run(
                        emulator,
                        program(architecture),
                        directory.resolve("none/copy").toString()))
                .isOne();
    }

    private Path program(String architecture) throws IOException {
        Path program = directory.resolve("program");
        Files.write(program, ToolProgram.byArchitecture().get(architecture));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    private static String emulator(String architecture) {
        if (Platform.host().architecture().equals(architecture)) {
            return RUN_ALONE;
        }
        String emulator = Objects.requireNonNull(EMULATORS.get(architecture));
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, emulator)));
        assumeTrue(installed, emulator + " is not on PATH");
        return emulator;
    }

    private static int run(String emulator, Path program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (!emulator.equals(RUN_ALONE)) {
            command.add(emulator);
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
