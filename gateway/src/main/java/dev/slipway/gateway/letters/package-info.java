/** What could not be handled: to be looked at, and to be sent again. */
@NullMarked
package dev.slipway.gateway.letters;

import org.jspecify.annotations.NullMarked;
