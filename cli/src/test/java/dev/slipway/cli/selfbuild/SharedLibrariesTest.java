package dev.slipway.cli.selfbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.report.CommandFailure;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedLibrariesTest {
    private static final Path RUNTIME = Path.of("/build/rootfs/opt/java");

    private static final Set<String> OWN = Set.of("libjvm.so", "libjli.so", "java");

    @Test
    void takesWhatTheRuntimeDoesNotBringItself() {
        assertThat(SharedLibraries.parse("""
                /build/rootfs/opt/java/bin/java:
                	linux-vdso.so.1 (0x00007ffc3f7d5000)
                	libjli.so => /build/rootfs/opt/java/bin/../lib/libjli.so (0x00007f6c4c1c6000)
                	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f6c4bfe1000)
                	/lib64/ld-linux-x86-64.so.2 (0x00007f6c4c1e6000)
                /build/rootfs/opt/java/lib/libnet.so:
                	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f6c4bfe1000)
                	libjvm.so => not found
                """, RUNTIME, OWN))
                .containsExactlyInAnyOrder(
                        Path.of("/lib/x86_64-linux-gnu/libc.so.6"), Path.of("/lib64/ld-linux-x86-64.so.2"));
    }

    @Test
    void namesALibraryThatIsNotThere() {
        assertThatThrownBy(() -> SharedLibraries.parse("\tlibasound.so.2 => not found\n", RUNTIME, OWN))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("the Java runtime needs libasound.so.2, and this machine does not have it");
    }
}
