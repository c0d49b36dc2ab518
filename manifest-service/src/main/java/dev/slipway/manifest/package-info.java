/** The core: when a build is complete, and the index over its images. */
@NullMarked
package dev.slipway.manifest;

import org.jspecify.annotations.NullMarked;
