/** What rules are told of an image. */
@NullMarked
package dev.slipway.policy.input;

import org.jspecify.annotations.NullMarked;
