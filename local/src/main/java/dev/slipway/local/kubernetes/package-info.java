/** Clusters for tests: nodes that are played over an API server, be it fabric8's mock of one or a real one. */
@NullMarked
package dev.slipway.local.kubernetes;

import org.jspecify.annotations.NullMarked;
