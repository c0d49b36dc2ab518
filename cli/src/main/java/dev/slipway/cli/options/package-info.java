/** What commands have in common: what they are, the options of more than one, and what they know of their process. */
@NullMarked
package dev.slipway.cli.options;

import org.jspecify.annotations.NullMarked;
