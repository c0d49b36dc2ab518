package dev.slipway.cli.selfbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.build.BuildOptions;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WantedTest {
    private static final Reference.Tagged UNDER = Reference.parseTagged("registry.example.com/slipway:1");

    @Test
    void refusesABaseOfThisMachineForOtherPlatforms() {
        List<Platform> platforms = List.of(Platform.of("linux", "s390x"), Platform.of("linux", "riscv64"));

        assertThatThrownBy(() -> wanted(Optional.empty(), platforms, "gateway"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the JDK at hand makes a base for linux/")
                .hasMessageContaining("--base");
    }

    @Test
    void refusesAServiceThatThereIsNot() {
        assertThatThrownBy(() -> wanted(Optional.empty(), List.of(Platform.host()), "getaway"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no service 'getaway'; expected one of [gateway,");
    }

    @Test
    void putsTheServiceBehindThePath() {
        assertThat(SelfBuild.tag(UNDER, "gateway")).hasToString("registry.example.com/slipway/gateway:1");
    }

    @Test
    void namesImagesForKustomizeByDigest() {
        Digest digest = Digest.of(new byte[0]);

        assertThat(ImagesFile.text(Map.of(
                        "gateway",
                        new ImagesFile.Image(new RepositoryName("registry.example.com", "slipway/gateway"), digest))))
                .endsWith("""
                        kind: Component
                        images:
                          - name: slipway/gateway
                            newName: registry.example.com/slipway/gateway
                            digest: %s
                        """.formatted(digest.value()));
    }

    private static SelfBuild.Wanted wanted(Optional<String> base, List<Platform> platforms, String service) {
        return new SelfBuild.Wanted(
                List.of(UNDER), base, platforms, List.of(service), true, BuildOptions.Attestations.NONE);
    }
}
