/** Tags that several clients write: lists of referrers, signatures. */
@NullMarked
package dev.slipway.oci.tags;

import org.jspecify.annotations.NullMarked;
