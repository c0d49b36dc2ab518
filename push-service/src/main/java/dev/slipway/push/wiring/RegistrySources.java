package dev.slipway.push.wiring;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.push.Manifests;
import dev.slipway.push.source.ImageSources;
import dev.slipway.push.source.StagingArea;
import java.nio.file.Path;

/** All repositories that a client reaches. */
final class RegistrySources implements ImageSources {
    private final RegistryClient client;
    private final PushConfig config;
    private final StagingArea staging;

    RegistrySources(RegistryClient client, PushConfig config, RepositoryName staging) {
        this.client = client;
        this.config = config;
        this.staging = area(staging, client.repository(staging));
    }

    @Override
    public StagingArea staging() {
        return staging;
    }

    @Override
    public StagingArea of(RepositoryName repository) {
        return area(repository, client.pulling(repository));
    }

    private StagingArea area(RepositoryName repository, ContentStore store) {
        return new StagingArea(
                store,
                repository,
                new Manifests(store, config.manifestCacheBytes()),
                config.spoolDirectory().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"))),
                config.blobsAtOnce());
    }
}
