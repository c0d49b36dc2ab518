package dev.slipway.sbom.catalogue;

import java.io.InputStream;

/**
 * A regular file of a layer.
 *
 * @param path relative to the root
 * @param content can be read once; what is left of it is passed over
 */
public record LayerFile(String path, long size, InputStream content) {

    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
