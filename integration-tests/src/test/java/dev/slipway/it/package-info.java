/** Several services together, each a process of its own, started as a user starts them. */
@NullMarked
package dev.slipway.it;

import org.jspecify.annotations.NullMarked;
