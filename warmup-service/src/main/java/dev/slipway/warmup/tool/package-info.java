/** The image that the warm-up itself needs: one small program for each architecture, written here. */
@NullMarked
package dev.slipway.warmup.tool;

import org.jspecify.annotations.NullMarked;
