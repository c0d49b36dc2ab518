package dev.slipway.build;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.RepositoryName;

/** Where base images are read from. */
@FunctionalInterface
public interface ImageRepositories {

    /** A view of a repository; opening it sends nothing yet. */
    ContentStore open(RepositoryName repository);
}
