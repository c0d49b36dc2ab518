/** Nodes of a cluster, and which of them an image is brought to. */
@NullMarked
package dev.slipway.warmup.node;

import org.jspecify.annotations.NullMarked;
