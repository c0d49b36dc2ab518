/** A running build as text: redrawn on a terminal, line by line elsewhere, or nothing. */
@NullMarked
package dev.slipway.cli.progress;

import org.jspecify.annotations.NullMarked;
