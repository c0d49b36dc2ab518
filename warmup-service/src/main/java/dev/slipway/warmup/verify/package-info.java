/** What proves that a node holds an image, and why it does not. */
@NullMarked
package dev.slipway.warmup.verify;

import org.jspecify.annotations.NullMarked;
