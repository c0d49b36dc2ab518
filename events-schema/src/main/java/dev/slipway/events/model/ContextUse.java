package dev.slipway.events.model;

/**
 * How much of a build context there was.
 *
 * @param totalBytes before {@code .dockerignore}, where the packer knew it, else equal to {@code packedBytes}
 * @param packedBytes after it
 */
public record ContextUse(long totalBytes, long packedBytes) {}
