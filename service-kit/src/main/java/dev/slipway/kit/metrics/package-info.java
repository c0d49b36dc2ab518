/** What this process counts and measures; all meters of Slipway have their names here. */
@NullMarked
package dev.slipway.kit.metrics;

import org.jspecify.annotations.NullMarked;
