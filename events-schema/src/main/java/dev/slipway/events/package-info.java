/**
 * The events that Slipway's services exchange over Kafka, one sealed interface per topic. The records are the payloads;
 * what travels in CloudEvents attributes (id, source, time, trace) is not repeated in them.
 *
 * <p>The contract has four faces, and the tests of this module fail when they differ: the records, the JSON Schemas
 * (draft 2020-12) under {@code schemas/} whose {@code $id} is {@link dev.slipway.events.EventType#dataSchema()}, a golden
 * example of each event, and the AsyncAPI document {@code asyncapi.yaml} over all topics.
 *
 * <ul>
 *   <li>Instants are RFC 3339 text in UTC, durations ISO-8601 text; what is not there is absent and never null.
 *   <li>Schemas of requests refuse properties that nobody knows, so that a typing error is named. Schemas of facts allow
 *       them, and readers ignore them.
 *   <li>Version 1 may change until the Kubernetes issue closes. After that a released version is frozen: a schema may gain
 *       optional properties and enumerations may gain values where their description says so; nothing is removed, renamed,
 *       made required, or given another meaning. Anything else is a new type, {@code ….v2}, beside the old one.
 * </ul>
 */
@NullMarked
package dev.slipway.events;

import org.jspecify.annotations.NullMarked;
