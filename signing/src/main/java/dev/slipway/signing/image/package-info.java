/** Signs and verifies whole images. */
@NullMarked
package dev.slipway.signing.image;

import org.jspecify.annotations.NullMarked;
