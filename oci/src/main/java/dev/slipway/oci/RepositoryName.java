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

    /** Docker's grammar of a registry: a host name or an address, and a port. */
    private static final Pattern REGISTRY = Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
            + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\\[[A-Fa-f0-9:]+])(?::[0-9]{1,5})?");

    private static final int LONGEST = 255;

    public RepositoryName {
        if (!REGISTRY.matcher(registry).matches()) {
            throw new IllegalArgumentException("not a registry: '%s'".formatted(registry));
        }
        if (registry.length() + 1 + path.length() > LONGEST) {
            throw new IllegalArgumentException("longer than %d characters: '%s/%s'".formatted(LONGEST, registry, path));
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
