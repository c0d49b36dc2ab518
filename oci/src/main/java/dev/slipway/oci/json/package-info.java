/** Trees of JSON, read from text and written to it. */
@NullMarked
package dev.slipway.oci.json;

import org.jspecify.annotations.NullMarked;
