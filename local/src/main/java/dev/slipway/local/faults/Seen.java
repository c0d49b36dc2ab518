package dev.slipway.local.faults;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request that came.
 *
 * @param target path and query
 * @param headers by lower-case name; of one that is repeated, the first
 * @param at when its head had come
 * @param bodyBytes of its body that were taken from the client
 * @param status of the answer; empty where there was none
 */
public record Seen(
        String method,
        String target,
        Map<String, String> headers,
        Instant at,
        long bodyBytes,
        Optional<Integer> status) {

    public Seen {
        headers = Map.copyOf(headers);
    }

    public String path() {
        return target.split("\\?", 2)[0];
    }

    @Override
    public String toString() {
        return method + " " + target + status.map(s -> " " + s).orElse(" broken off");
    }
}
