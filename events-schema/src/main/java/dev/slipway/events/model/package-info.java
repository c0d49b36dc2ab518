/** Values that several events share. Each checks itself when it is made and quotes what it refuses. */
@NullMarked
package dev.slipway.events.model;

import org.jspecify.annotations.NullMarked;
