/** The first half of a publish: everything by digest on every target, and verified, while nothing is visible. */
@NullMarked
package dev.slipway.push.staging;

import org.jspecify.annotations.NullMarked;
