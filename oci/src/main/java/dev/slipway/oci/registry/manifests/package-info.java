/** The endpoints of manifests, tags and referrers (distribution-spec 1.1). */
@NullMarked
package dev.slipway.oci.registry.manifests;

import org.jspecify.annotations.NullMarked;
