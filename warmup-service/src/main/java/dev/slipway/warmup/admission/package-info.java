/** The admission webhook: pods as the API server is about to create them. */
@NullMarked
package dev.slipway.warmup.admission;

import org.jspecify.annotations.NullMarked;
