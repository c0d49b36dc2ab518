package dev.slipway.oci;

import java.util.regex.Pattern;

/**
 * A repository on a registry.
 *
 * @param registry host, with the port where it is not the default: {@code ghcr.io}, {@code localhost:5000}
 * @param path repository name as the registry's API takes it: {@code library/busybox}
 */
public record RepositoryName(String registry, String path) {

    /** distribution-spec 1.1, "Pulling manifests": the grammar of {@code <name>}. */
    private static final Pattern PATH =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");

    public RepositoryName {
        if (registry.isEmpty()) {
            throw new IllegalArgumentException("registry of repository '%s' is empty".formatted(path));
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("not a repository name: '%s'".formatted(path));
        }
    }

    @Override
    public String toString() {
        return registry + "/" + path;
    }
}
