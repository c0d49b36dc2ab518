/**
 * Layers as tar archives (image-spec 1.1, "Image Layer Filesystem Changeset") whose bytes depend on nothing but what is in
 * them.
 */
@NullMarked
package dev.slipway.oci.layer;

import org.jspecify.annotations.NullMarked;
