package dev.slipway.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Platform;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonTest {
    private static final DaemonAddress SOCKET = new DaemonAddress("unix:///run/b.sock", Optional.empty());

    @Test
    void readsVersionAndPlatforms() {
        Daemon daemon = Daemon.parse(SOCKET, """
                [{"id":"x","platforms":[{"architecture":"amd64","os":"linux"},
                 {"architecture":"amd64","os":"linux","variant":"v2"},{"architecture":"arm64","os":"linux"},
                 {"architecture":"386","os":"linux"},{"architecture":"arm","os":"linux","variant":"v7"}],
                 "buildkitVersion":{"version":"v0.34.2","dockerfileVersion":"1.28.0"}}]
                """);

        assertThat(daemon.version()).isEqualTo(new BuildKitVersion("v0.34.2", "1.28.0"));
        assertThat(daemon.hosts().natively()).containsExactly(Platform.parse("linux/amd64"));
        assertThat(daemon.hosts().emulated())
                .containsExactly(Platform.parse("linux/arm64"), Platform.parse("linux/arm/v7"));
    }

    @Test
    void refusesADaemonOfAnAgeThatTellsNoVersion() {
        Daemon daemon = Daemon.parse(SOCKET, "[{\"id\":\"x\",\"platforms\":[]}]");

        assertThatThrownBy(() -> daemon.version().check(SOCKET)).hasMessageContaining("of a version it does not tell");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host:1", "host:1234", "tcp://host", "docker-container://x"})
    void refusesAddressesOfOtherKinds(String address) {
        assertThatThrownBy(() -> new DaemonAddress(address, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(address);
    }

    @Test
    void wantsCertificatesForOtherMachines() {
        assertThatThrownBy(() -> new DaemonAddress("tcp://buildkit:1234", Optional.empty()))
                .hasMessageContaining("certificates for TLS must be configured");
        assertThatCode(() -> new DaemonAddress("tcp://127.0.0.1:1234", Optional.empty()))
                .doesNotThrowAnyException();
        assertThat(new DaemonAddress(
                                "tcp://buildkit:1234",
                                Optional.of(new DaemonAddress.Tls(Path.of("ca"), Path.of("cert"), Path.of("key"))))
                        .options())
                .containsExactly("--addr=tcp://buildkit:1234", "--tlscacert=ca", "--tlscert=cert", "--tlskey=key");
    }
}
