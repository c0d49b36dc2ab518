package dev.slipway.build.embedded;

import dev.slipway.build.ImageRepositories;
import dev.slipway.oci.RepositoryName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Registries in memory; repositories of one registry mount each other's blobs. */
public final class MemoryRegistry implements ImageRepositories {
    private final Map<RepositoryName, MemoryStore> repositories = new ConcurrentHashMap<>();

    @Override
    public MemoryStore open(RepositoryName repository) {
        return repositories.computeIfAbsent(repository, name -> new MemoryStore(this, name));
    }
}
