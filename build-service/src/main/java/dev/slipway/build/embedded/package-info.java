/** Builds images inside the JVM: every platform at once, without emulation, and without running anything. */
@NullMarked
package dev.slipway.build.embedded;

import org.jspecify.annotations.NullMarked;
