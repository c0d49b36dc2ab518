/** Policy files: rules as people write them, and where each word stands. */
@NullMarked
package dev.slipway.policy.rules;

import org.jspecify.annotations.NullMarked;
