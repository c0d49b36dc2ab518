package dev.slipway.oci.contract;

import dev.slipway.oci.RepositoryName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Registries in memory; repositories of one registry mount each other's blobs. */
public final class MemoryRegistry {
    private final Map<RepositoryName, MemoryStore> repositories = new ConcurrentHashMap<>();

    public MemoryStore open(RepositoryName repository) {
        return repositories.computeIfAbsent(repository, name -> new MemoryStore(this, name));
    }
}
