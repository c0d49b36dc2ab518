/** The databases of RPM: SQLite and ndb are read, and Berkeley DB is not. */
@NullMarked
package dev.slipway.sbom.rpm;

import org.jspecify.annotations.NullMarked;
