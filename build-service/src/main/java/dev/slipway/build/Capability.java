package dev.slipway.build;

import java.util.List;

/**
 * What a build may need that the embedded builder cannot do, and the drivers that can, the preferred first. Planners know
 * drivers that only workers elsewhere have, so this is the one list of names: a new driver is put here, and nowhere else.
 */
public enum Capability {
    /** Programs, secrets and keys, caches, and files from elsewhere. */
    PROGRAMS("buildkit, buildah"),
    /** The latest flags and here-documents, and frontends that are loaded. */
    LATEST_SYNTAX("buildkit");

    private final String names;

    Capability(String names) {
        this.names = names;
    }

    public List<String> builders() {
        return List.of(names.split(", ", -1));
    }

    /** The names, as messages list them. */
    @Override
    public String toString() {
        return names;
    }
}
