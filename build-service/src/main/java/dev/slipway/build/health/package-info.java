/** Probes. */
@NullMarked
package dev.slipway.build.health;

import org.jspecify.annotations.NullMarked;
