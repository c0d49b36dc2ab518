/** What a worker does with the platform builds that are assigned to it. No framework, no events. */
@NullMarked
package dev.slipway.build.work;

import org.jspecify.annotations.NullMarked;
