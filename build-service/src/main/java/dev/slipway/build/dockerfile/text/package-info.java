/** Pieces of text that Dockerfiles take from elsewhere: JSON arrays, here-documents, durations. They know no positions in files. */
@NullMarked
package dev.slipway.build.dockerfile.text;

import org.jspecify.annotations.NullMarked;
