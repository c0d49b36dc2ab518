/** {@code slipway build}: pack and send the context, ask for the build, follow its events. */
@NullMarked
package dev.slipway.cli.build;

import org.jspecify.annotations.NullMarked;
