/** Commands about images in registries. */
@NullMarked
package dev.slipway.cli.images;

import org.jspecify.annotations.NullMarked;
