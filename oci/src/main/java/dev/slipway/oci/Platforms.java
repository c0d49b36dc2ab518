package dev.slipway.oci;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** containerd's rules for names of platforms and for what runs where ({@code containerd/platforms}). */
final class Platforms {

    record Architecture(String name, @Nullable String variant) {}

    private static final Set<String> KNOWN_OS = Set.of(
            "aix",
            "android",
            "darwin",
            "dragonfly",
            "freebsd",
            "illumos",
            "ios",
            "js",
            "linux",
            "netbsd",
            "openbsd",
            "plan9",
            "solaris",
            "wasip1",
            "windows",
            "unknown");
    private static final Set<String> KNOWN_ARCHITECTURES = Set.of(
            "386",
            "amd64",
            "arm",
            "arm64",
            "loong64",
            "mips",
            "mips64",
            "mips64le",
            "mipsle",
            "ppc64",
            "ppc64le",
            "riscv64",
            "s390x",
            "wasm",
            "unknown");
    private static final Map<String, String> OTHER_NAMES =
            Map.of("x86_64", "amd64", "x86-64", "amd64", "i386", "386", "aarch64", "arm64");
    private static final List<String> ARM_VARIANTS = List.of("v8", "v7", "v6", "v5");

    private Platforms() {}

    static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException(
                    "not a platform: '%s'; wanted is os/architecture[/variant]".formatted(text));
        }
        Platform platform = new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : null, null, List.of());
        if (!KNOWN_OS.contains(platform.os())) {
            throw new IllegalArgumentException(
                    "unknown operating system '%s' in platform '%s'".formatted(parts[0], text));
        }
        if (!KNOWN_ARCHITECTURES.contains(platform.architecture())) {
            throw new IllegalArgumentException("unknown architecture '%s' in platform '%s'".formatted(parts[1], text));
        }
        if (platform.variant() != null && !platform.variant().matches("v[1-9][0-9]?(\\.[0-9])?")) {
            throw new IllegalArgumentException(
                    "unknown variant '%s' in platform '%s'".formatted(platform.variant(), text));
        }
        return platform;
    }

    static String normaliseOs(String os) {
        String lower = os.toLowerCase(Locale.ROOT);
        return lower.equals("macos") ? "darwin" : lower;
    }

    static Architecture normaliseArchitecture(String architecture, @Nullable String variant) {
        String name = architecture.toLowerCase(Locale.ROOT);
        String v = variant == null || variant.isEmpty() ? null : variant.toLowerCase(Locale.ROOT);
        name = OTHER_NAMES.getOrDefault(name, name);
        return switch (name) {
            case "amd64" -> new Architecture(name, "v1".equals(v) ? null : v);
            case "arm64" -> new Architecture(name, "8".equals(v) || "v8".equals(v) ? null : v);
            case "armhf" -> new Architecture("arm", "v7");
            case "armel" -> new Architecture("arm", "v6");
            case "arm" -> new Architecture(name, v == null || v.equals("7") ? "v7" : armVariant(v));
            default -> new Architecture(name, v);
        };
    }

    private static String armVariant(String variant) {
        return variant.matches("[568]") ? "v" + variant : variant;
    }

    /** The order in which a host takes images; index order breaks ties, which is the caller's to do. */
    static Optional<Integer> distance(Platform host, Platform offered) {
        if (!host.os().equals(offered.os()) || !osVersionFits(host, offered)) {
            return Optional.empty();
        }
        return switch (host.architecture()) {
            case "arm64" -> arm64Distance(host, offered);
            case "arm" -> armDistance(ARM_VARIANTS.indexOf(host.variant()), offered, 0);
            case "amd64" -> amd64Distance(host, offered);
            default -> sameNames(host, offered) ? Optional.of(0) : Optional.empty();
        };
    }

    private static Optional<Integer> arm64Distance(Platform host, Platform offered) {
        if (offered.architecture().equals("arm64")) {
            return sameNames(host, offered)
                    ? Optional.of(0)
                    : offered.variant() == null ? Optional.of(1) : Optional.empty();
        }
        return armDistance(0, offered, 2);
    }

    private static Optional<Integer> armDistance(int hostVariant, Platform offered, int base) {
        int offeredVariant = offered.architecture().equals("arm") ? ARM_VARIANTS.indexOf(offered.variant()) : -1;
        return hostVariant < 0 || offeredVariant < hostVariant
                ? Optional.empty()
                : Optional.of(base + offeredVariant - hostVariant);
    }

    private static Optional<Integer> amd64Distance(Platform host, Platform offered) {
        int hostLevel = level(host.variant());
        if (offered.architecture().equals("386")) {
            return Optional.of(hostLevel);
        }
        int offeredLevel = level(offered.variant());
        return offered.architecture().equals("amd64") && offeredLevel <= hostLevel
                ? Optional.of(hostLevel - offeredLevel)
                : Optional.empty();
    }

    private static int level(@Nullable String amd64Variant) {
        return amd64Variant != null && amd64Variant.matches("v[1-9]") ? amd64Variant.charAt(1) - '0' : 1;
    }

    private static boolean sameNames(Platform a, Platform b) {
        return a.name().equals(b.name());
    }

    /** Windows matches by build number, the first three numbers of {@code 10.0.20348.2113}. */
    private static boolean osVersionFits(Platform host, Platform offered) {
        if (!host.os().equals("windows") || host.osVersion() == null || offered.osVersion() == null) {
            return true;
        }
        return build(host.osVersion()).equals(build(offered.osVersion()));
    }

    private static String build(String osVersion) {
        String[] numbers = osVersion.split("\\.", -1);
        return String.join(".", List.of(numbers).subList(0, Math.min(3, numbers.length)));
    }
}
