/** Files as an image has them: what layers add up to, with the links in it resolved inside of it. */
@NullMarked
package dev.slipway.build.embedded.tree;

import org.jspecify.annotations.NullMarked;
