/** The formats of cosign and sigstore, to the byte. */
@NullMarked
package dev.slipway.signing.cosign;

import org.jspecify.annotations.NullMarked;
