/** The core of building: what is built from what, by which port, and how it can fail. No framework, no events. */
@NullMarked
package dev.slipway.build;

import org.jspecify.annotations.NullMarked;
