package dev.slipway.local.registry.store;

/** A manifest that a repository has. */
public record StoredManifest(ContentDigest digest, String mediaType, StoredContent content) {}
