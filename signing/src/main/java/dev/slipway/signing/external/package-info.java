/** Keys that never come into this process. */
@NullMarked
package dev.slipway.signing.external;

import org.jspecify.annotations.NullMarked;
