/** What every consumer does around its own work: reading, spans, retries, dead letters. */
@NullMarked
package dev.slipway.kit.handling;

import org.jspecify.annotations.NullMarked;
