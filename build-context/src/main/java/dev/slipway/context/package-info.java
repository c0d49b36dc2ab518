/** Build contexts as OCI artifacts: their format, and reading them. */
@NullMarked
package dev.slipway.context;

import org.jspecify.annotations.NullMarked;
