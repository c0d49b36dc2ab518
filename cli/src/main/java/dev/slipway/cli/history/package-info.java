/** What a tag has named, by the events that are kept. */
@NullMarked
package dev.slipway.cli.history;

import org.jspecify.annotations.NullMarked;
