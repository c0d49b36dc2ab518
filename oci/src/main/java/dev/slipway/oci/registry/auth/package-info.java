/** Who we are to a registry: credentials, and the tokens that they buy. */
@NullMarked
package dev.slipway.oci.registry.auth;

import org.jspecify.annotations.NullMarked;
