/** What topics say of all publishes, read whole. */
@NullMarked
package dev.slipway.push.kafka.log;

import org.jspecify.annotations.NullMarked;
