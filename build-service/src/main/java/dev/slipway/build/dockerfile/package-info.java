/**
 * Dockerfiles: their syntax, and which stages a target needs. Nothing is built here.
 *
 * <p>What BuildKit's parser takes is taken, and means the same, but for this:
 *
 * <ul>
 *   <li>Flags of {@code ARG} and {@code STOPSIGNAL}, wrong flags of {@code HEALTHCHECK NONE} and unknown flags of {@code ONBUILD}
 *       are refused; BuildKit ignores some of them.
 *   <li>A variable needs a name: <code>${/a/b}</code> is refused.
 *   <li>The default of an {@code ARG} must be well-formed also where a build argument takes its place.
 *   <li>In <code>${x//a/b}</code> a dollar in b is a dollar; BuildKit takes it for a group of a regular expression.
 *   <li>A lone escape at the end of the file is nothing; BuildKit takes it for an instruction.
 * </ul>
 */
@NullMarked
package dev.slipway.build.dockerfile;

import org.jspecify.annotations.NullMarked;
