/** What a registry's refusals mean, and how they are told. */
@NullMarked
package dev.slipway.oci.registry.errors;

import org.jspecify.annotations.NullMarked;
