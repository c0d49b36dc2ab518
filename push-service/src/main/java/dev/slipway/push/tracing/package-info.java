/** Spans of what the use cases do. */
@NullMarked
package dev.slipway.push.tracing;

import org.jspecify.annotations.NullMarked;
