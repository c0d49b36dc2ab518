package dev.slipway.sbom.catalogue;

import java.io.IOException;

/** Reads packages of one kind out of files. Safe for use by several threads. */
public interface Cataloguer {

    /** Whether a file of this path may say something. */
    boolean wants(String path);

    /**
     * Reads it. Memory does not grow with the file, beyond what it has to say.
     *
     * @throws IOException where it is not in the form that its path promises
     */
    Evidence read(LayerFile file) throws IOException;
}
