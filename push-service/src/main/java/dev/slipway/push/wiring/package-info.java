/** Configuration, and how the parts come together. */
@NullMarked
package dev.slipway.push.wiring;

import org.jspecify.annotations.NullMarked;
