package dev.slipway.oci;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A platform (image-spec 1.1, "Image Index"), always in the normal form of containerd's rules: {@code arm64} without a
 * variant, {@code arm} always with one.
 */
public record Platform(
        String os,
        String architecture,
        @Nullable String variant,
        @Nullable String osVersion,
        List<String> osFeatures) {

    public Platform {
        os = PlatformNames.normaliseOs(os);
        PlatformNames.Architecture normal = PlatformNames.normalise(architecture, variant);
        architecture = normal.name();
        variant = normal.variant();
        osFeatures = List.copyOf(osFeatures);
    }

    public static Platform of(String os, String architecture) {
        return new Platform(os, architecture, null, null, List.of());
    }

    /**
     * Parses {@code os[(os.version)]/architecture[/variant]}, in any spelling that containerd normalises.
     *
     * @throws IllegalArgumentException quoting a text that is no platform, or one that nobody knows
     */
    public static Platform parse(String text) {
        return PlatformNames.parse(text);
    }

    /** The platform of the machine this runs on. */
    public static Platform host() {
        return of("linux", System.getProperty("os.arch", "amd64").toLowerCase(Locale.ROOT));
    }

    /** How well an image for {@code offered} runs on this platform: 0 is exact, more is worse, empty is not at all. */
    public Optional<Integer> distanceTo(Platform offered) {
        return PlatformMatch.distance(this, offered);
    }

    /** The normalised name, variant included: {@code linux/arm/v7}. */
    public String name() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }

    @Override
    public String toString() {
        return name() + (osVersion == null ? "" : " (" + osVersion + ")");
    }
}
