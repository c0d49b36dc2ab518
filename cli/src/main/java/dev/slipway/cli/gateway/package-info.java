/** The gateway's HTTP interface as the command line uses it: contexts, events, streams of events, traces. */
@NullMarked
package dev.slipway.cli.gateway;

import org.jspecify.annotations.NullMarked;
