/** Requests in, plans out. */
@NullMarked
package dev.slipway.build.kafka.planner;

import org.jspecify.annotations.NullMarked;
