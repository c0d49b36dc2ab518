/** The core's ports over registries. */
@NullMarked
package dev.slipway.build.staging;

import org.jspecify.annotations.NullMarked;
