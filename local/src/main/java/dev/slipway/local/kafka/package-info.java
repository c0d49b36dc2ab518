/** A real Apache Kafka broker inside this JVM, and the declaration of the contract's topics on any broker. */
@NullMarked
package dev.slipway.local.kafka;

import org.jspecify.annotations.NullMarked;
