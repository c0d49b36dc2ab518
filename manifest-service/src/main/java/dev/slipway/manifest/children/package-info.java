/** The images of platforms as staging has them: fetched, verified, and taken out of indexes of their own. */
@NullMarked
package dev.slipway.manifest.children;

import org.jspecify.annotations.NullMarked;
