/** What builders that run programs of others have in common: what goes in, and what is made of what comes out. */
@NullMarked
package dev.slipway.build.tool;

import org.jspecify.annotations.NullMarked;
