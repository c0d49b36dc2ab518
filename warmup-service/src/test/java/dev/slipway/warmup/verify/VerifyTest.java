package dev.slipway.warmup.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.kubernetes.PullFault;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Platform;
import dev.slipway.warmup.verify.PublishedIndex.Child;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VerifyTest {
    private static final String I = "a".repeat(64);
    private static final String M = "b".repeat(64);
    private static final String C = "c".repeat(64);
    private static final Child AMD64 = child("linux/amd64", M, C);
    private static final Child ARM64 = child("linux/arm64", "d".repeat(64), "e".repeat(64));
    private static final PublishedIndex INDEX = new PublishedIndex(new Digest("sha256:" + I), List.of(AMD64, ARM64));

    private static Child child(String platform, String manifest, String config) {
        return new Child(Platform.parse(platform), new Digest("sha256:" + manifest), new Digest("sha256:" + config), 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r/app@sha256:" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "other.test/else@sha256:" + "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
                "sha256:" + "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
                "docker-pullable://r/app@sha256:" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "docker://sha256:" + "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
            })
    void takesTheIndexTheManifestAndTheConfigUnderAnyRepository(String imageId) {
        assertThat(INDEX.isProvenBy(imageId, AMD64)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r/app:1.1",
                "r/app@sha256:",
                "r/app@sha256:baaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "r/app@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
                "r/app@sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
            })
    void failsClosedForOneChangedDigitAnotherPlatformOrATag(String imageId) {
        assertThat(INDEX.isProvenBy(imageId, AMD64)).isFalse();
    }

    @Test
    void findsTheImageOfANodesPlatform() {
        assertThat(INDEX.childFor(Platform.parse("linux/arm64"))).contains(ARM64);
        assertThat(INDEX.childFor(Platform.parse("linux/s390x"))).isEqualTo(Optional.empty());
    }

    @Test
    void readsWhatRuntimesSay() {
        Map.ofEntries(
                        Map.entry(PullFault.NOT_FOUND, PullFailure.NOT_FOUND),
                        Map.entry(PullFault.UNAUTHORIZED, PullFailure.UNAUTHORIZED),
                        Map.entry(PullFault.DENIED, PullFailure.UNAUTHORIZED),
                        Map.entry(PullFault.TLS, PullFailure.TLS),
                        Map.entry(PullFault.PLAIN_HTTP, PullFailure.TLS),
                        Map.entry(PullFault.DNS, PullFailure.DNS),
                        Map.entry(PullFault.DISK_FULL, PullFailure.DISK_FULL),
                        Map.entry(PullFault.TIMEOUT, PullFailure.TIMEOUT),
                        Map.entry(PullFault.PLATFORM, PullFailure.PLATFORM_MISMATCH),
                        Map.entry(PullFault.PLATFORM_CRIO, PullFailure.PLATFORM_MISMATCH),
                        Map.entry(PullFault.RATE_LIMITED, PullFailure.RATE_LIMITED),
                        Map.entry(PullFault.UNREACHABLE, PullFailure.REGISTRY_UNAVAILABLE))
                .forEach((fault, failure) -> assertThat(PullFailure.of(fault.message("registry.test/app@sha256:" + I)))
                        .as(fault.name())
                        .isEqualTo(failure));
        assertThat(PullFailure.of("something new")).isEqualTo(PullFailure.OTHER);
    }
}
