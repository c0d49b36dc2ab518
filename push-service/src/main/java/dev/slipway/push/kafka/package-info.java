/** Events in and events out; the only package that knows their records. */
@NullMarked
package dev.slipway.push.kafka;

import org.jspecify.annotations.NullMarked;
