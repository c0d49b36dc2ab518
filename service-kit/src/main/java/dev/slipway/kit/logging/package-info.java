/** What every line of a log says beside its text. */
@NullMarked
package dev.slipway.kit.logging;

import org.jspecify.annotations.NullMarked;
