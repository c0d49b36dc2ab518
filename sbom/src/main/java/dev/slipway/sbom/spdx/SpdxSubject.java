package dev.slipway.sbom.spdx;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Platform;
import java.time.Instant;

/**
 * What a document is about.
 *
 * @param image digest of its manifest
 * @param created time of the document: that of the image, so that the same image always has the same one
 * @param tool who writes it, with its version: {@code slipway-0.1.0}
 */
public record SpdxSubject(Digest image, Platform platform, Instant created, String tool) {}
