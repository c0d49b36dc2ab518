/**
 * Publishing an image on several registries, all or nothing: what is to be published, where, and how it ended. The use cases
 * are in {@code staging} and {@code moving}.
 */
@NullMarked
package dev.slipway.push;

import org.jspecify.annotations.NullMarked;
