package dev.slipway.build.embedded.tree;

import java.io.IOException;

/** A layer that nobody can unpack, however often it is fetched. */
public final class BrokenLayerException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenLayerException(String message) {
        super(message);
    }
}
