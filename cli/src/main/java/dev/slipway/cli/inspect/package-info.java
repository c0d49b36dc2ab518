/** {@code slipway inspect}: an image as its registry has it. */
@NullMarked
package dev.slipway.cli.inspect;

import org.jspecify.annotations.NullMarked;
