package dev.slipway.oci.layer;

/** How a layer is stored. */
public enum Compression {
    /** A plain tar where samples of the content hardly compress, else gzip; the content alone decides. */
    AUTO,
    /** A plain tar: its digest is the diff id. */
    NONE,
    GZIP
}
