/** Private keys: where they come from and how they are protected. */
@NullMarked
package dev.slipway.signing.keys;

import org.jspecify.annotations.NullMarked;
