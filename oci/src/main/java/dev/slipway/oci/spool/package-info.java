/** Content that several read while it is still coming. */
@NullMarked
package dev.slipway.oci.spool;

import org.jspecify.annotations.NullMarked;
