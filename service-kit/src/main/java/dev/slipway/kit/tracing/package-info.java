/** Spans of stages, as children of the request that they serve. */
@NullMarked
package dev.slipway.kit.tracing;

import org.jspecify.annotations.NullMarked;
