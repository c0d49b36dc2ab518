/** Streams that hash what goes through them. */
@NullMarked
package dev.slipway.oci.hash;

import org.jspecify.annotations.NullMarked;
