/** What git knows of a directory, read from its files: no git is run. */
@NullMarked
package dev.slipway.context.git;

import org.jspecify.annotations.NullMarked;
