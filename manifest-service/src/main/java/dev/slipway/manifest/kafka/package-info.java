/** The assembler's consumer: from events to the core and back. */
@NullMarked
package dev.slipway.manifest.kafka;

import org.jspecify.annotations.NullMarked;
