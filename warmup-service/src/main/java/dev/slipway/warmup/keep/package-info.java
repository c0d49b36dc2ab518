/** What clusters keep on their nodes for a while, and the runs that do it. */
@NullMarked
package dev.slipway.warmup.keep;

import org.jspecify.annotations.NullMarked;
