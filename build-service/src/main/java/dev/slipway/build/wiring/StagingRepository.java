package dev.slipway.build.wiring;

import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.RegistryRepository;

/** The staging repository, opened. */
record StagingRepository(RepositoryName name, RegistryRepository store) {}
