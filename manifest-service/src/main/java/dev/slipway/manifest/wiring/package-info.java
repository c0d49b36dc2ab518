/** Configuration, and how the parts come together. */
@NullMarked
package dev.slipway.manifest.wiring;

import org.jspecify.annotations.NullMarked;
