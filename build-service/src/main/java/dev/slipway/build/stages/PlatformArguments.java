package dev.slipway.build.stages;

import dev.slipway.oci.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments that every Dockerfile may declare without a value. The build platform is the same wherever a build runs, so
 * that no image depends on the machine that made it: nothing runs on it here.
 */
final class PlatformArguments {
    static final Platform BUILD = Platform.of("linux", "amd64");

    private PlatformArguments() {}

    static Map<String, String> of(Platform target, @Nullable String targetStage) {
        Map<String, String> arguments = new LinkedHashMap<>();
        put(arguments, "BUILD", BUILD);
        put(arguments, "TARGET", target);
        arguments.put("TARGETSTAGE", targetStage == null ? "default" : targetStage);
        return arguments;
    }

    private static void put(Map<String, String> arguments, String prefix, Platform platform) {
        String variant = platform.variant();
        arguments.put(prefix + "PLATFORM", platform.name());
        arguments.put(prefix + "OS", platform.os());
        arguments.put(prefix + "ARCH", platform.architecture());
        arguments.put(prefix + "VARIANT", variant == null ? "" : variant);
    }
}
