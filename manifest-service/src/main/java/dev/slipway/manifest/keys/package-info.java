/** Where signing keys come from beside files and the environment: Kubernetes, and programs that have them. */
@NullMarked
package dev.slipway.manifest.keys;

import org.jspecify.annotations.NullMarked;
