/** A catalogue as a document of SPDX 2.3. */
@NullMarked
package dev.slipway.sbom.spdx;

import org.jspecify.annotations.NullMarked;
