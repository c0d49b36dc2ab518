/** What every command shares about talking to people: exit codes, failures, the terminal, units. */
@NullMarked
package dev.slipway.cli.report;

import org.jspecify.annotations.NullMarked;
