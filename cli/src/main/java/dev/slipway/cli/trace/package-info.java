/** {@code slipway trace}: spans of the span store as a tree. */
@NullMarked
package dev.slipway.cli.trace;

import org.jspecify.annotations.NullMarked;
