/** What cataloguers find in the files of a layer, and what they are given to find it. */
@NullMarked
package dev.slipway.sbom.catalogue;

import org.jspecify.annotations.NullMarked;
