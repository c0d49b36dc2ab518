/** JSON as trees, which load far fewer classes than bound objects do. */
@NullMarked
package dev.slipway.cli.json;

import org.jspecify.annotations.NullMarked;
