package dev.slipway.push.source;

import dev.slipway.oci.RepositoryName;

/** Repositories that images can be read from. */
public interface ImageSources {

    /** Where what was built or changed lies. */
    StagingArea staging();

    /** Any other repository. Makes no request. */
    StagingArea of(RepositoryName repository);
}
