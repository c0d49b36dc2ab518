/** Packages of JavaScript, Python and Go. */
@NullMarked
package dev.slipway.sbom.language;

import org.jspecify.annotations.NullMarked;
