/** Packing a directory into a build context. */
@NullMarked
package dev.slipway.context.pack;

import org.jspecify.annotations.NullMarked;
