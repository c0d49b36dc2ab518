package dev.slipway.context.pack;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to pack.
 *
 * @param directory root of the context
 * @param dockerfile need not lie in the directory
 * @param cacheDirectory where digests of files that do not change are remembered; empty to read everything every time
 */
public record PackRequest(Path directory, Path dockerfile, Optional<Path> cacheDirectory) {}
