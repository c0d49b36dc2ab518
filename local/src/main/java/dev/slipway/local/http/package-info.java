/** A small HTTP server: requests in, answers out, each on a virtual thread; bodies are streams. */
@NullMarked
package dev.slipway.local.http;

import org.jspecify.annotations.NullMarked;
