/** CloudEvents in the form that Slipway's contract gives them, apart from how they are carried. */
@NullMarked
package dev.slipway.kit.events;

import org.jspecify.annotations.NullMarked;
