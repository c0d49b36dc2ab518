package dev.slipway.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void namesATakenPortAndWhatItWasFor() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Ports.requireFree(port, "the registry", "--registry-port"))
                    .isInstanceOfSatisfying(
                            CommandFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(ExitCode.UNAVAILABLE))
                    .hasMessageContaining("port %d, for the registry, is taken", port)
                    .hasMessageContaining("--registry-port");
        }
    }

    @Test
    void seesAPortThatIsTakenOnEveryInterface() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(Ports.isFree(taken.getLocalPort())).isFalse();
        }
    }

    @Test
    void findsDifferentFreePorts() {
        List<Integer> ports = Ports.free(5);

        assertThat(ports).hasSize(5).doesNotHaveDuplicates().allMatch(Ports::isFree);
    }
}
