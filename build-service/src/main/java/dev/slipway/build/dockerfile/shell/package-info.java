/** Variables in Dockerfiles, expanded as BuildKit's shell lexer does it. */
@NullMarked
package dev.slipway.build.dockerfile.shell;

import org.jspecify.annotations.NullMarked;
