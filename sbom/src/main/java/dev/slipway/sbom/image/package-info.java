/** What is in an image: its layers catalogued one by one, and put together as they lie on each other. */
@NullMarked
package dev.slipway.sbom.image;

import org.jspecify.annotations.NullMarked;
