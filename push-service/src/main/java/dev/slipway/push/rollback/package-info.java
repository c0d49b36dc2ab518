/** What a tag has named, and which of it shall come back. */
@NullMarked
package dev.slipway.push.rollback;

import org.jspecify.annotations.NullMarked;
