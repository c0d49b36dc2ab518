package dev.slipway.local.kubernetes;

import java.util.Map;

/**
 * An image that nodes can pull.
 *
 * @param index its digest
 * @param platforms by architecture
 */
public record FakeImage(String index, Map<String, Digests> platforms) {

    /** The digests of one platform's manifest and of its config. */
    public record Digests(String manifest, String config) {}

    public FakeImage {
        platforms = Map.copyOf(platforms);
    }
}
