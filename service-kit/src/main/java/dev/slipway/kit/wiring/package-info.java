/** The beans that services get from here. */
@NullMarked
package dev.slipway.kit.wiring;

import org.jspecify.annotations.NullMarked;
