/** The contract of requests as the JSON Schemas and the values of {@code oci} say it. */
@NullMarked
package dev.slipway.gateway.contract;

import org.jspecify.annotations.NullMarked;
