/** How this process reaches Kafka: settings for all its clients, consumers of whole topics, the publisher of events. */
@NullMarked
package dev.slipway.kit.kafka;

import org.jspecify.annotations.NullMarked;
