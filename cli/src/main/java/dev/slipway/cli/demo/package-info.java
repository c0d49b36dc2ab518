/** {@code slipway demo}: the main job from nothing to an image that runs. */
@NullMarked
package dev.slipway.cli.demo;

import org.jspecify.annotations.NullMarked;
