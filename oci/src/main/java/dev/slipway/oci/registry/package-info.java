/** Stores of manifests and blobs: registries by the distribution specification 1.1. */
@NullMarked
package dev.slipway.oci.registry;

import org.jspecify.annotations.NullMarked;
