package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "linux/x86_64, linux/amd64",
        "linux/x86-64, linux/amd64",
        "linux/amd64/v1, linux/amd64",
        "linux/amd64/v3, linux/amd64/v3",
        "linux/i386, linux/386",
        "linux/386, linux/386",
        "linux/aarch64, linux/arm64",
        "linux/arm64/v8, linux/arm64",
        "linux/arm64/8, linux/arm64",
        "linux/arm64/v8.0, linux/arm64",
        "linux/arm64/v9, linux/arm64/v9",
        "linux/arm, linux/arm/v7",
        "linux/arm/7, linux/arm/v7",
        "linux/arm/v6, linux/arm/v6",
        "linux/arm/5, linux/arm/v5",
        "linux/arm/8, linux/arm/v8",
        "linux/armhf, linux/arm/v7",
        "linux/armel, linux/arm/v6",
        "Linux/AMD64, linux/amd64",
        "macos/arm64, darwin/arm64",
        "linux/riscv64, linux/riscv64",
        "linux/s390x, linux/s390x",
        "linux/ppc64le, linux/ppc64le",
        "windows/amd64, windows/amd64",
        "unknown/unknown, unknown/unknown"
    })
    void hasContainerdsNormalForm(String text, String normal) {
        assertThat(Platform.parse(text).name()).isEqualTo(normal);
    }

    @Test
    void readsAnOsVersion() {
        Platform platform = Platform.parse("windows(10.0.20348.2113)/amd64");

        assertThat(platform.osVersion()).isEqualTo("10.0.20348.2113");
        assertThat(platform.name()).isEqualTo("windows/amd64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "linux",
                "amd64",
                "linux/",
                "/amd64",
                "linux/amd64/v3/x",
                "linux/amd65",
                "lunix/amd64",
                "linux/arm/v9",
                "linux/amd64/v5",
                "linux/amd64/",
                "linux/riscv64/v1",
                "linux /amd64",
                "windows()/amd64"
            })
    void refusesWhatNobodyKnowsAndQuotesIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Platform.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        // host, offered, distance
        "linux/amd64, linux/amd64, 0",
        "linux/amd64, linux/386, 1",
        "linux/amd64, linux/amd64/v2,",
        "linux/amd64, linux/arm64,",
        "linux/amd64/v3, linux/amd64/v3, 0",
        "linux/amd64/v3, linux/amd64/v2, 1",
        "linux/amd64/v3, linux/amd64, 2",
        "linux/amd64/v3, linux/386, 3",
        "linux/amd64/v3, linux/amd64/v4,",
        "linux/386, linux/amd64,",
        "linux/arm64, linux/arm64, 0",
        "linux/arm64, linux/arm/v8, 2",
        "linux/arm64, linux/arm/v7, 3",
        "linux/arm64, linux/arm/v6, 4",
        "linux/arm64, linux/arm/v5, 5",
        "linux/arm64, linux/arm64/v9,",
        "linux/arm64/v9, linux/arm64, 1",
        "linux/arm64/v9, linux/arm/v7, 3",
        "linux/arm/v7, linux/arm/v7, 0",
        "linux/arm/v7, linux/arm/v6, 1",
        "linux/arm/v7, linux/arm/v5, 2",
        "linux/arm/v7, linux/arm/v8,",
        "linux/arm/v7, linux/arm64,",
        "linux/arm/v6, linux/arm/v7,",
        "linux/riscv64, linux/riscv64, 0",
        "linux/riscv64, linux/amd64,",
        "linux/amd64, windows/amd64,",
        "linux/amd64, unknown/unknown,",
        "windows(10.0.20348.1)/amd64, windows(10.0.20348.2113)/amd64, 0",
        "windows(10.0.20348.1)/amd64, windows(10.0.17763.1)/amd64,",
        "windows(10.0.20348.1)/amd64, windows(10.0.203480)/amd64,",
        "windows(10.0.20348.1)/amd64, windows/amd64, 0",
        "windows/amd64, windows(10.0.17763.1)/amd64, 0"
    })
    void runsWhatContainerdRuns(String host, String offered, Integer distance) {
        assertThat(Platform.parse(host).distanceTo(Platform.parse(offered))).isEqualTo(Optional.ofNullable(distance));
    }

    @Test
    void isEqualInEverySpelling() {
        assertThat(Platform.parse("linux/aarch64")).isEqualTo(Platform.parse("linux/arm64/v8"));
    }

    @Test
    void readsAVariantThatNobodyKnowsFromAnIndexAndRunsItNowhere() {
        Platform strange = new Platform("linux", "amd64", "x9", null, List.of());

        assertThat(Platform.parse("linux/amd64/v4").distanceTo(strange)).isEmpty();
    }
}
