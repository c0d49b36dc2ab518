/** The core: when a build is complete, whether its images are what they claim, and the index over them. */
@NullMarked
package dev.slipway.manifest;

import org.jspecify.annotations.NullMarked;
