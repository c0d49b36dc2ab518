/** Extends and reduces indexes that lie in registries. */
@NullMarked
package dev.slipway.manifest.change;

import org.jspecify.annotations.NullMarked;
