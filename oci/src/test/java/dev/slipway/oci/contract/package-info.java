/** What every content store must do, for the tests of its adapters here and in other modules. */
@NullMarked
package dev.slipway.oci.contract;

import org.jspecify.annotations.NullMarked;
