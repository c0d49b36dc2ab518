/** The log as it lies in Kafka: requests in, all events out. The only package that knows event records. */
@NullMarked
package dev.slipway.gateway.kafka;

import org.jspecify.annotations.NullMarked;
