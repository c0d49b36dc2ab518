package dev.slipway.local.registry.store;

import java.nio.file.Path;

/**
 * Content that does not change any more.
 *
 * @param size in bytes
 */
public record StoredContent(Path file, long size) {}
