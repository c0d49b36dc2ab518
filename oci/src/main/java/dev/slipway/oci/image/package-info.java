/**
 * Immutable views over the JSON documents of image-spec 1.1: manifest, index and config. A view keeps the exact bytes it was
 * read from, and the fields it does not know survive a change.
 */
@NullMarked
package dev.slipway.oci.image;

import org.jspecify.annotations.NullMarked;
