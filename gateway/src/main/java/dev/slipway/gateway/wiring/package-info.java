/** Configuration, and what is made of it. */
@NullMarked
package dev.slipway.gateway.wiring;

import org.jspecify.annotations.NullMarked;
