/** How many nodes at once, and how fast: waves, pods in flight, the pace of creates. */
@NullMarked
package dev.slipway.warmup.limits;

import org.jspecify.annotations.NullMarked;
