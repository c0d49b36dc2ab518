/** Processes that outlive the command: how they start, how they are found again, whether they are ready. */
@NullMarked
package dev.slipway.cli.process;

import org.jspecify.annotations.NullMarked;
