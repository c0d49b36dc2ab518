/** Nodes and pods of a cluster, by its API. */
@NullMarked
package dev.slipway.warmup.kubernetes;

import org.jspecify.annotations.NullMarked;
