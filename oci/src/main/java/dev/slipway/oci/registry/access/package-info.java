/** How one registry is reached where that differs from the others: trust, client certificate, proxy, pace. */
@NullMarked
package dev.slipway.oci.registry.access;

import org.jspecify.annotations.NullMarked;
