/** The databases of Debian's and Alpine's package managers, and which distribution an image is. */
@NullMarked
package dev.slipway.sbom.system;

import org.jspecify.annotations.NullMarked;
