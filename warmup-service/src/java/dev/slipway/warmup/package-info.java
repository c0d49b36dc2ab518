/** Warming an image: on every configured cluster, on its own, once. */
@NullMarked
package dev.slipway.warmup;

import org.jspecify.annotations.NullMarked;
