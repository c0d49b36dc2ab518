/** Probes. */
@NullMarked
package dev.slipway.manifest.health;

import org.jspecify.annotations.NullMarked;
