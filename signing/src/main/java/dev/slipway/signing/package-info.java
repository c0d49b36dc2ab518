/** What signatures are made and checked with, and what is signed and verified. */
@NullMarked
package dev.slipway.signing;

import org.jspecify.annotations.NullMarked;
