package dev.slipway.build.buildah;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulationTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    @TempDir
    private Path directory;

    @Test
    void needsNothingForItsOwnPlatforms() {
        assertThat(emulation().missing(AMD64)).isEmpty();
        assertThat(emulation().missing(Platform.parse("linux/386"))).isEmpty();
    }

    @Test
    void saysThatBinfmtIsNotMounted() {
        assertThat(emulation().missing(ARM64))
                .hasValueSatisfying(why -> assertThat(why)
                        .isEqualTo(
                                "binfmt_misc is not mounted at %s: mount it, and install the packages qemu-user-static and binfmt-support",
                                directory));
    }

    @Test
    void saysWhatToInstallWhereNoInterpreterIsRegistered() throws IOException {
        Files.writeString(directory.resolve("status"), "enabled\n");

        assertThat(emulation().missing(ARM64))
                .contains(
                        "the kernel has no interpreter 'qemu-aarch64' for linux/arm64: install the packages qemu-user-static and binfmt-support");
        assertThat(emulation().platforms()).isEmpty();
    }

    @Test
    void takesAnInterpreterThatIsEnabledAndFixed() throws IOException {
        register("enabled\ninterpreter /usr/libexec/qemu-binfmt/aarch64-binfmt-P\nflags: PF\n");

        assertThat(emulation().missing(ARM64)).isEmpty();
        assertThat(emulation().platforms()).containsExactly(ARM64);
    }

    @Test
    void takesNoneThatIsDisabledOrNotFixed() throws IOException {
        register("disabled\nflags: F\n");
        assertThat(emulation().missing(ARM64))
                .hasValueSatisfying(why -> assertThat(why).contains("is disabled"));

        register("enabled\ninterpreter /usr/bin/qemu-aarch64\nflags: P\n");
        assertThat(emulation().missing(ARM64))
                .hasValueSatisfying(why -> assertThat(why).contains("lacks the flag F"));
    }

    private void register(String text) throws IOException {
        Files.writeString(directory.resolve("status"), "enabled\n");
        Files.writeString(directory.resolve("qemu-aarch64"), text);
    }

    private Emulation emulation() {
        return new Emulation(directory, AMD64);
    }
}
