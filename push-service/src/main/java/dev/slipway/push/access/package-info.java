/** Which tags a tenant may move. */
@NullMarked
package dev.slipway.push.access;

import org.jspecify.annotations.NullMarked;
