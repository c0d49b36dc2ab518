/** What a verification found, for people. */
@NullMarked
package dev.slipway.cli.trust;

import org.jspecify.annotations.NullMarked;
