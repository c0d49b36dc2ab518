/** {@code .dockerignore} as Docker (BuildKit) reads it. */
@NullMarked
package dev.slipway.context.ignore;

import org.jspecify.annotations.NullMarked;
