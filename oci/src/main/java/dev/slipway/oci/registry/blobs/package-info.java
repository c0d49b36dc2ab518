/** The endpoints of blobs and uploads (distribution-spec 1.1), and an upload as a whole. */
@NullMarked
package dev.slipway.oci.registry.blobs;

import org.jspecify.annotations.NullMarked;
