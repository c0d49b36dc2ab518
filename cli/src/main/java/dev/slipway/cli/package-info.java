/** The {@code slipway} command: one class per subcommand. Each translates its arguments and delegates. */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
