/** One image on one cluster: waves, limits, the breaker, and what came of each node. */
@NullMarked
package dev.slipway.warmup.run;

import org.jspecify.annotations.NullMarked;
