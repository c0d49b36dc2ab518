/** A span store: takes OTLP over HTTP, keeps the latest traces on disk, answers them as trees' leaves, passes them on. */
@NullMarked
package dev.slipway.local.spans;

import org.jspecify.annotations.NullMarked;
