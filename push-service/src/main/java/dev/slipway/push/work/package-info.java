/** How the use cases do things: several at once, with pauses, watched, by the clock. */
@NullMarked
package dev.slipway.push.work;

import org.jspecify.annotations.NullMarked;
