/** Takes images over from one repository into another. */
@NullMarked
package dev.slipway.oci.copy;

import org.jspecify.annotations.NullMarked;
