/** The span store, over HTTP. */
@NullMarked
package dev.slipway.gateway.spans;

import org.jspecify.annotations.NullMarked;
