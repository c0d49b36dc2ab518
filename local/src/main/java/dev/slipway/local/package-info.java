/** The process under the services of a local stack: Kafka broker, OCI registries and span store in one JVM. */
@NullMarked
package dev.slipway.local;

import org.jspecify.annotations.NullMarked;
