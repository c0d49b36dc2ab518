/** The second half of a publish: the tags move on all targets, or all are put back. */
@NullMarked
package dev.slipway.push.moving;

import org.jspecify.annotations.NullMarked;
