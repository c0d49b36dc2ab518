/** What a warm-up asks of a cluster, and what it hears from it. */
@NullMarked
package dev.slipway.warmup.cluster;

import org.jspecify.annotations.NullMarked;
