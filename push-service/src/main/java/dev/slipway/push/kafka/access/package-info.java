/** Decisions about access, as events. */
@NullMarked
package dev.slipway.push.kafka.access;

import org.jspecify.annotations.NullMarked;
