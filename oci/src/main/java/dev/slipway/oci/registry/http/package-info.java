/** Requests to one registry: sending, retrying, authorising, and naming what went wrong. */
@NullMarked
package dev.slipway.oci.registry.http;

import org.jspecify.annotations.NullMarked;
