package dev.slipway.oci;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What runs where, and how well (containerd's {@code platforms.Only}). */
final class PlatformMatch {
    private static final List<String> ARM_VARIANTS = List.of("v8", "v7", "v6", "v5");

    private PlatformMatch() {}

    /** 0 for what the host is, more for what it can run as well; index order breaks ties, which is the caller's to do. */
    static Optional<Integer> distance(Platform host, Platform offered) {
        if (!host.os().equals(offered.os()) || !osVersionFits(host, offered)) {
            return Optional.empty();
        }
        return switch (host.architecture()) {
            case "arm64" -> arm64(host, offered);
            case "arm" -> arm(host.variant(), offered, 0);
            case "amd64" -> amd64(host, offered);
            default -> host.name().equals(offered.name()) ? Optional.of(0) : Optional.empty();
        };
    }

    /** A host of a later variant runs plain arm64 too, and every 32-bit arm. */
    private static Optional<Integer> arm64(Platform host, Platform offered) {
        if (host.name().equals(offered.name())) {
            return Optional.of(0);
        }
        if (offered.architecture().equals("arm64")) {
            return offered.variant() == null ? Optional.of(1) : Optional.empty();
        }
        return arm("v8", offered, 2);
    }

    private static Optional<Integer> arm(@Nullable String hostVariant, Platform offered, int base) {
        int from = ARM_VARIANTS.indexOf(hostVariant);
        int to = offered.architecture().equals("arm") ? ARM_VARIANTS.indexOf(offered.variant()) : -1;
        return from < 0 || to < from ? Optional.empty() : Optional.of(base + to - from);
    }

    private static Optional<Integer> amd64(Platform host, Platform offered) {
        int hostLevel = level(host.variant());
        if (offered.architecture().equals("386")) {
            return Optional.of(hostLevel);
        }
        int offeredLevel = level(offered.variant());
        return offered.architecture().equals("amd64") && offeredLevel <= hostLevel
                ? Optional.of(hostLevel - offeredLevel)
                : Optional.empty();
    }

    /** amd64 without a variant is v1; a variant that is none runs nowhere. */
    private static int level(@Nullable String variant) {
        if (variant == null) {
            return 1;
        }
        return variant.matches("v[1-9]") ? variant.charAt(1) - '0' : Integer.MAX_VALUE;
    }

    /** Windows matches by build number, the first three numbers of {@code 10.0.20348.2113}. */
    private static boolean osVersionFits(Platform host, Platform offered) {
        String hostVersion = host.osVersion();
        String offeredVersion = offered.osVersion();
        if (!host.os().equals("windows") || hostVersion == null || offeredVersion == null) {
            return true;
        }
        return build(hostVersion).equals(build(offeredVersion));
    }

    private static List<String> build(String osVersion) {
        List<String> numbers = List.of(osVersion.split("\\.", -1));
        return numbers.subList(0, Math.min(3, numbers.size()));
    }
}
