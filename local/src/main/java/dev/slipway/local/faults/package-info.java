/**
 * A registry that misbehaves on purpose: a proxy before any registry, with faults that tests put in by method, path and count.
 * What no fault concerns is passed on unchanged, as a stream.
 */
@NullMarked
package dev.slipway.local.faults;

import org.jspecify.annotations.NullMarked;
