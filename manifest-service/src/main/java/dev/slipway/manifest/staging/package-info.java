/** Staged images in a repository of a registry. */
@NullMarked
package dev.slipway.manifest.staging;

import org.jspecify.annotations.NullMarked;
