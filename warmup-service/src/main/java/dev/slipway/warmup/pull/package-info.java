/** Which pull policy pods should have, from heat and from what is proven to be on nodes. */
@NullMarked
package dev.slipway.warmup.pull;

import org.jspecify.annotations.NullMarked;
