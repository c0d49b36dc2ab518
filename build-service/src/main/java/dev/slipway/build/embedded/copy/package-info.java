/** {@code COPY} and {@code ADD}: which files, to where, and whose they are afterwards. */
@NullMarked
package dev.slipway.build.embedded.copy;

import org.jspecify.annotations.NullMarked;
