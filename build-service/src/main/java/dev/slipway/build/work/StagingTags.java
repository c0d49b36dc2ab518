package dev.slipway.build.work;

import dev.slipway.oci.Platform;

/** Names in the staging repository that follow from the build, so that every process and every retry finds the same. */
public final class StagingTags {
    private StagingTags() {}

    public static String plan(String buildId) {
        return buildId + "-plan";
    }

    /** For example {@code 4f…c2-linux-arm-v7}. */
    public static String platformImage(String buildId, Platform platform) {
        return buildId + "-" + platform.name().replace('/', '-');
    }

    /** What an attempt printed: for example {@code 4f…c2-linux-arm-v7-log-1}. */
    public static String log(String buildId, Platform platform, int attempt) {
        return platformImage(buildId, platform) + "-log-" + attempt;
    }
}
