/** Which stages of a Dockerfile an image needs, and what each of them starts from. */
@NullMarked
package dev.slipway.build.stages;

import org.jspecify.annotations.NullMarked;
