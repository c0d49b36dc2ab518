/** Targets that are registries by the distribution specification. */
@NullMarked
package dev.slipway.push.registry;

import org.jspecify.annotations.NullMarked;
