/** Changes indexes that lie in registries. */
@NullMarked
package dev.slipway.cli.index;

import org.jspecify.annotations.NullMarked;
