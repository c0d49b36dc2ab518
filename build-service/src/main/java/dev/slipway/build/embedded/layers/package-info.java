/** Layers out of files: each made once, and found again wherever it is needed. */
@NullMarked
package dev.slipway.build.embedded.layers;

import org.jspecify.annotations.NullMarked;
