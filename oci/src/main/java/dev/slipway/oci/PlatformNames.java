package dev.slipway.oci;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of platforms: which there are, and containerd's normal form of them ({@code containerd/platforms}). */
final class PlatformNames {

    /** An architecture with its variant, in normal form. */
    record Architecture(String name, @Nullable String variant) {}

    private static final Set<String> SYSTEMS = Set.of(
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
            "unknown",
            "wasip1",
            "windows");
    private static final Set<String> ARCHITECTURES = Set.of(
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
            "unknown",
            "wasm");
    private static final Map<String, Pattern> VARIANTS = Map.of(
            "amd64", Pattern.compile("v[1-4]"),
            "arm", Pattern.compile("v[5-8]"),
            "arm64", Pattern.compile("v[89](\\.[0-9])?"));
    private static final Map<String, String> OTHER_NAMES =
            Map.of("x86_64", "amd64", "x86-64", "amd64", "i386", "386", "aarch64", "arm64");

    /** {@code windows(10.0.20348)}: containerd's way to write an OS version. */
    private static final Pattern SYSTEM_WITH_VERSION = Pattern.compile("([^()]+)\\(([A-Za-z0-9._-]+)\\)");

    private PlatformNames() {}

    static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException(
                    "not a platform: '%s'; wanted is os/architecture[/variant]".formatted(text));
        }
        Matcher versioned = SYSTEM_WITH_VERSION.matcher(parts[0]);
        boolean hasVersion = versioned.matches();
        Platform platform = new Platform(
                hasVersion ? versioned.group(1) : parts[0],
                parts[1],
                parts.length == 3 ? parts[2] : null,
                hasVersion ? versioned.group(2) : null,
                List.of());
        check(platform, parts, text);
        return platform;
    }

    private static void check(Platform platform, String[] parts, String text) {
        if (!SYSTEMS.contains(platform.os())) {
            throw new IllegalArgumentException(
                    "unknown operating system '%s' in platform '%s'".formatted(parts[0], text));
        }
        if (!ARCHITECTURES.contains(platform.architecture())) {
            throw new IllegalArgumentException("unknown architecture '%s' in platform '%s'".formatted(parts[1], text));
        }
        String variant = platform.variant();
        boolean variantKnown = variant == null
                || Optional.ofNullable(VARIANTS.get(platform.architecture()))
                        .filter(known -> known.matcher(variant).matches())
                        .isPresent();
        if (!variantKnown || (parts.length == 3 && parts[2].isEmpty())) {
            throw new IllegalArgumentException(
                    "unknown variant '%s' in platform '%s'".formatted(parts.length == 3 ? parts[2] : variant, text));
        }
    }

    static String normaliseOs(String os) {
        String lower = os.toLowerCase(Locale.ROOT);
        return lower.equals("macos") ? "darwin" : lower;
    }

    static Architecture normalise(String architecture, @Nullable String variant) {
        String lower = architecture.toLowerCase(Locale.ROOT);
        String name = OTHER_NAMES.getOrDefault(lower, lower);
        String v = variant == null || variant.isEmpty() ? null : variant.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64" -> new Architecture(name, "v1".equals(v) ? null : v);
            case "arm64" -> new Architecture(name, Set.of("8", "v8", "v8.0").contains(v == null ? "8" : v) ? null : v);
            case "armhf" -> new Architecture("arm", "v7");
            case "armel" -> new Architecture("arm", "v6");
            case "arm" -> new Architecture(name, v == null ? "v7" : v.matches("[5-8]") ? "v" + v : v);
            default -> new Architecture(name, v);
        };
    }
}
