/** Dead letters: what services gave up, to be looked at and to be sent again. */
@NullMarked
package dev.slipway.cli.letters;

import org.jspecify.annotations.NullMarked;
