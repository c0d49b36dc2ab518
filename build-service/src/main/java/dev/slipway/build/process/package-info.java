/** Programs of others, run without a shell, and ended with everything that they started. */
@NullMarked
package dev.slipway.build.process;

import org.jspecify.annotations.NullMarked;
