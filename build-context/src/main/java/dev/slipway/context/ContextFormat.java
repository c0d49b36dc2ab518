package dev.slipway.context;

/**
 * The format of a context in a registry: an OCI manifest with an empty config. Small files, directories and links lie in
 * packs, tar archives without times and owners; each large file, and the Dockerfile always, is a blob of its own. All of it is
 * in the order of the paths, so that equal directories give equal manifests.
 */
public final class ContextFormat {
    public static final String ARTIFACT_TYPE = "application/vnd.slipway.context.v1+json";
    public static final String PACK = "application/vnd.slipway.context.pack.v1.tar";
    public static final String FILE = "application/vnd.slipway.context.file.v1";

    /** Path of a file that is a blob of its own. */
    public static final String TITLE = "org.opencontainers.image.title";

    /** Its permission bits, in octal. */
    public static final String MODE = "dev.slipway.context.mode";

    /** {@code true} on a Dockerfile that the build needs but {@code COPY} must not see: ignored, or from elsewhere. */
    public static final String HIDDEN = "dev.slipway.context.hidden";

    /** Bytes of all files of the directory, before {@code .dockerignore}. */
    public static final String TOTAL_BYTES = "dev.slipway.context.total-bytes";

    /** Bytes of the files in the context, after it. */
    public static final String PACKED_BYTES = "dev.slipway.context.packed-bytes";

    private ContextFormat() {}
}
