package dev.slipway.push;

import dev.slipway.oci.RepositoryName;

/** Access to the repositories that images are published to. */
@FunctionalInterface
public interface TargetRegistries {

    /** A repository, with its traffic counted from zero. Makes no request. */
    TargetRegistry open(RepositoryName repository);
}
