/** {@code slipway self-build}: images of Slipway's own services, built by Slipway. */
@NullMarked
package dev.slipway.cli.selfbuild;

import org.jspecify.annotations.NullMarked;
