/** The mover: tags of one log, in turn, with its journal. */
@NullMarked
package dev.slipway.push.kafka.moving;

import org.jspecify.annotations.NullMarked;
