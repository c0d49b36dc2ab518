/** Instructions that change nothing but an image's config. */
@NullMarked
package dev.slipway.build.embedded.config;

import org.jspecify.annotations.NullMarked;
