/** Where images come from: staging, or a repository that has them, and what is attached to them there. */
@NullMarked
package dev.slipway.push.source;

import org.jspecify.annotations.NullMarked;
