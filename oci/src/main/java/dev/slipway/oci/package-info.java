/** The values of the OCI image and distribution specifications, version 1.1. */
@NullMarked
package dev.slipway.oci;

import org.jspecify.annotations.NullMarked;
