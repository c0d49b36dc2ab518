/** What packages write for their licenses, in the words of SPDX. */
@NullMarked
package dev.slipway.sbom.license;

import org.jspecify.annotations.NullMarked;
