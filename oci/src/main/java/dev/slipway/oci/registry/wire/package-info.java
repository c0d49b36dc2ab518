/** Bytes over the JDK's HTTP client: sent from any source, received as a stream that does not wait for ever. */
@NullMarked
package dev.slipway.oci.registry.wire;

import org.jspecify.annotations.NullMarked;
