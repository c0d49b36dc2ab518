/** Images in a directory (image-spec 1.1, "OCI Image Layout Specification"). */
@NullMarked
package dev.slipway.oci.layout;

import org.jspecify.annotations.NullMarked;
