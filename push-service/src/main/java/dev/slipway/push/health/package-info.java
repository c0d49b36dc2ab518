/** Whether this service can do its work. */
@NullMarked
package dev.slipway.push.health;

import org.jspecify.annotations.NullMarked;
