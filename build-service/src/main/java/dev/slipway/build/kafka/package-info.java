/** What planner and worker share in translating between events and the core. */
@NullMarked
package dev.slipway.build.kafka;

import org.jspecify.annotations.NullMarked;
