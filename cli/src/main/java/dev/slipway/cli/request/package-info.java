/** What the services are asked for beside builds, and how it ended. */
@NullMarked
package dev.slipway.cli.request;

import org.jspecify.annotations.NullMarked;
