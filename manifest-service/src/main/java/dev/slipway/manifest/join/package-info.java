/** The join as a Kafka Streams topology around {@link dev.slipway.manifest.JoinState}. */
@NullMarked
package dev.slipway.manifest.join;

import org.jspecify.annotations.NullMarked;
