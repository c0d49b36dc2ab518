/** Rules in CEL, compiled against the input, and what they decide. */
@NullMarked
package dev.slipway.policy.gate;

import org.jspecify.annotations.NullMarked;
