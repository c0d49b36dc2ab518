/** Dockerfiles: their syntax, and which stages a target needs. Nothing is built here. */
@NullMarked
package dev.slipway.build.dockerfile;

import org.jspecify.annotations.NullMarked;
