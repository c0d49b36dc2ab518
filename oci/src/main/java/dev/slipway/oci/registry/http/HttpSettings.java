package dev.slipway.oci.registry.http;

import dev.slipway.oci.registry.wire.HttpClients;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all requests have in common.
 *
 * @param stallTimeout how long neither an answer comes nor a byte moves before a request is given up
 * @param headers asked for each request, by the thread that makes it
 * @param retryObserver told of what is tried again, also with token servers
 * @param pace of the registry that they go to
 */
public record HttpSettings(
        HttpClients clients,
        Duration stallTimeout,
        String userAgent,
        Supplier<Map<String, String>> headers,
        RetryLimits retries,
        RetryObserver retryObserver,
        InstantSource clock,
        Pauses pauses,
        Pace pace) {}
