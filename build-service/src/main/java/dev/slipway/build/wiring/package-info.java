/** Configuration, beans and their lives; the only package that sees everything. */
@NullMarked
package dev.slipway.build.wiring;

import org.jspecify.annotations.NullMarked;
