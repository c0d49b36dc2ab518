/** What is watched of a cluster beside the nodes and pods of runs. */
@NullMarked
package dev.slipway.warmup.kubernetes.watch;

import org.jspecify.annotations.NullMarked;
