/** Configuration, and how the parts come together. */
@NullMarked
package dev.slipway.warmup.wiring;

import org.jspecify.annotations.NullMarked;
