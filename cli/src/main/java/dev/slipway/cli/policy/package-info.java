/** Policies, tried against images. The only package that loads CEL. */
@NullMarked
package dev.slipway.cli.policy;

import org.jspecify.annotations.NullMarked;
