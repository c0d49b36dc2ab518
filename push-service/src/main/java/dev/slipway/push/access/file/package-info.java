/** Rules of access that lie in a file. */
@NullMarked
package dev.slipway.push.access.file;

import org.jspecify.annotations.NullMarked;
