/** What was published, read where clusters pull it from. */
@NullMarked
package dev.slipway.warmup.registry;

import org.jspecify.annotations.NullMarked;
