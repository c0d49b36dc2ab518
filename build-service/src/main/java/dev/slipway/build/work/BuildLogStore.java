package dev.slipway.build.work;

import dev.slipway.build.queue.BuildKey;
import dev.slipway.oci.Descriptor;
import java.nio.file.Path;

/** Keeps what builds have printed. */
@FunctionalInterface
public interface BuildLogStore {
    /** Media type of a log, and type of the artifact that it is. */
    String MEDIA_TYPE = "application/vnd.slipway.build-log.v1";

    /** Of the artifact's descriptor: how many lines it has. */
    String LINES_ANNOTATION = "dev.slipway.log.lines";

    /**
     * Keeps a text in UTF-8 and returns the descriptor of its artifact.
     *
     * @throws dev.slipway.oci.StoreException where it cannot be kept
     */
    Descriptor keep(BuildKey build, int attempt, Path text, long lines);
}
