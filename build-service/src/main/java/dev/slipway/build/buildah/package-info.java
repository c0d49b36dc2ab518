/** Buildah, which needs no daemon. */
@NullMarked
package dev.slipway.build.buildah;

import org.jspecify.annotations.NullMarked;
