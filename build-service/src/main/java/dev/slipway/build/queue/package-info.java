/** The scheduler's decisions: which worker builds what, and when somebody else must. No framework, no events. */
@NullMarked
package dev.slipway.build.queue;

import org.jspecify.annotations.NullMarked;
