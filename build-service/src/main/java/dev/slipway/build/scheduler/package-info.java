/** The scheduler as a Kafka Streams processor around the decisions of the core; its state is in Kafka. */
@NullMarked
package dev.slipway.build.scheduler;

import org.jspecify.annotations.NullMarked;
