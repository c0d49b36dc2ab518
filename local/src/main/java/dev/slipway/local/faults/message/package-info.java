/** HTTP messages as they pass: heads that are read and changed, bodies that are counted and bent. */
@NullMarked
package dev.slipway.local.faults.message;

import org.jspecify.annotations.NullMarked;
