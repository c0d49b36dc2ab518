/** Archives of Java and what is packed in them, archives in archives too. */
@NullMarked
package dev.slipway.sbom.java;

import org.jspecify.annotations.NullMarked;
