/** Signatures in the formats of cosign, written to staging. */
@NullMarked
package dev.slipway.manifest.signing;

import org.jspecify.annotations.NullMarked;
