/** Assignments in, results and status out. */
@NullMarked
package dev.slipway.build.kafka.worker;

import org.jspecify.annotations.NullMarked;
