/** The registry's content on disk: one content-addressed store, and small files per repository that link into it. */
@NullMarked
package dev.slipway.local.registry.store;

import org.jspecify.annotations.NullMarked;
