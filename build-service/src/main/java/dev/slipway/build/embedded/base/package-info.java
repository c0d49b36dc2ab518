/** Images that stages start from or copy from, read from registries. */
@NullMarked
package dev.slipway.build.embedded.base;

import org.jspecify.annotations.NullMarked;
