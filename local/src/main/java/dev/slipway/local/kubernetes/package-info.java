/** Clusters for tests: a real API server, where kube-apiserver is installed. */
@NullMarked
package dev.slipway.local.kubernetes;

import org.jspecify.annotations.NullMarked;
