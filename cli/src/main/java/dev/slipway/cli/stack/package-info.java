/** {@code slipway up}, {@code down}, {@code status}: the processes of a local stack and their record on disk. */
@NullMarked
package dev.slipway.cli.stack;

import org.jspecify.annotations.NullMarked;
