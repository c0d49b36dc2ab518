/** From a request to a plan: what of it can be built, from which base images, and why not. No framework, no events. */
@NullMarked
package dev.slipway.build.plan;

import org.jspecify.annotations.NullMarked;
