package dev.slipway.oci.layer;

/** How a layer is stored. */
public enum Compression {
    /** {@link #STORED} where samples of the content hardly compress, else {@link #GZIP}; the content alone decides. */
    AUTO,
    /** A plain tar: its digest is the diff id. Not every tool reads it; crane's validation takes every layer for gzip. */
    NONE,
    /** In gzip's form, without compressing: as fast to write as to copy, and every tool reads it. */
    STORED,
    /** Compressed with gzip. */
    GZIP
}
