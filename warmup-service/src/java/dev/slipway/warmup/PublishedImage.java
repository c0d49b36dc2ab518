package dev.slipway.warmup;

import dev.slipway.oci.Digest;

/** An image that tags name now. */
public record PublishedImage(String buildId, Digest digest) {}
