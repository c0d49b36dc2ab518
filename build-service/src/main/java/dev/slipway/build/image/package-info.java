/** What the images of all builders have in common: their bases, their times, and what they say of themselves. */
@NullMarked
package dev.slipway.build.image;

import org.jspecify.annotations.NullMarked;
