/**
 * The events that Slipway's services exchange over Kafka, one sealed interface per topic. The records are the payloads;
 * what travels in CloudEvents attributes (id, source, time, trace) is not repeated in them.
 */
@NullMarked
package dev.slipway.events;

import org.jspecify.annotations.NullMarked;
