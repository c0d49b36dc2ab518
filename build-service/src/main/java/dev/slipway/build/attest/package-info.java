/** SBOM and provenance of images, written to staging as their referrers. */
@NullMarked
package dev.slipway.build.attest;

import org.jspecify.annotations.NullMarked;
