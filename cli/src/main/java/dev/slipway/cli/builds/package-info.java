/** Commands about builds that are under way: stop them, read their logs, see who builds. */
@NullMarked
package dev.slipway.cli.builds;

import org.jspecify.annotations.NullMarked;
