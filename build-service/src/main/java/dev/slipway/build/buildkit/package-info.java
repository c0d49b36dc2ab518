/** A BuildKit daemon, wherever it runs, with {@code buildctl} as its client. */
@NullMarked
package dev.slipway.build.buildkit;

import org.jspecify.annotations.NullMarked;
