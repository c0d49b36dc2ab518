package dev.slipway.build;

import dev.slipway.oci.Platform;

/**
 * One platform of one build.
 *
 * @param buildId for messages only: what is built depends on the platform and the inputs
 */
public record PlatformBuildTask(String buildId, Platform platform, BuildInputs inputs) {}
