/** Events in and events out; the only package that knows their records. */
@NullMarked
package dev.slipway.warmup.kafka;

import org.jspecify.annotations.NullMarked;
