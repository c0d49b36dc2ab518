/** The gate, by rules in CEL. */
@NullMarked
package dev.slipway.manifest.policy;

import org.jspecify.annotations.NullMarked;
