package dev.slipway.build.stages;

import dev.slipway.oci.Platform;

/** Where files come from: what stands behind {@code FROM} or {@code --from}. */
public sealed interface Origin {

    /** Nothing at all. */
    record Scratch() implements Origin {}

    /** The build context. */
    record Context() implements Origin {}

    /**
     * Another stage.
     *
     * @param index of it in the Dockerfile
     */
    record OfStage(int index) implements Origin {}

    /**
     * An image.
     *
     * @param name as the Dockerfile has it, after expansion
     * @param platform of which the image is wanted
     */
    record OfImage(String name, Platform platform) implements Origin {}
}
