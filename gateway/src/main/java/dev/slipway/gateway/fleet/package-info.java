/** The workers that build, as they report themselves. */
@NullMarked
package dev.slipway.gateway.fleet;

import org.jspecify.annotations.NullMarked;
