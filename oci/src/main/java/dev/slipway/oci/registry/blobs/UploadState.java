package dev.slipway.oci.registry.blobs;

import java.net.URI;

/**
 * How far an upload is.
 *
 * @param location where it goes on
 * @param received bytes that the registry has, or -1 where it has to be asked
 */
public record UploadState(URI location, long received) {}
