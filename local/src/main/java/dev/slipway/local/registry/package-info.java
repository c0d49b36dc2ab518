/** An OCI registry: the HTTP API of distribution-spec 1.1 over content on disk. */
@NullMarked
package dev.slipway.local.registry;

import org.jspecify.annotations.NullMarked;
