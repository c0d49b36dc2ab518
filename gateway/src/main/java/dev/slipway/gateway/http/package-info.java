/** The HTTP interface: CloudEvents by their HTTP binding, events out as server-sent events or lines of JSON. */
@NullMarked
package dev.slipway.gateway.http;

import org.jspecify.annotations.NullMarked;
