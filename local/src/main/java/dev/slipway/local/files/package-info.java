/** What broker, registry and span store share about files. */
@NullMarked
package dev.slipway.local.files;

import org.jspecify.annotations.NullMarked;
