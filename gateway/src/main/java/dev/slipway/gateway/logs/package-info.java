/** What builds have printed, as their workers have kept it in staging. */
@NullMarked
package dev.slipway.gateway.logs;

import org.jspecify.annotations.NullMarked;
