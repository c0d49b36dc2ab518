/**
 * What builds are doing, as the log of events says: their events in order, and the state that follows from them. Everything
 * here is rebuilt from the log when the gateway starts.
 */
@NullMarked
package dev.slipway.gateway.builds;

import org.jspecify.annotations.NullMarked;
