/** Sends events to Kafka and waits for the answer. */
@NullMarked
package dev.slipway.kit.kafka;

import org.jspecify.annotations.NullMarked;
