package dev.slipway.push.moving;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import java.time.Instant;
import java.util.Optional;

/** The tags that Slipway has moved. */
public interface TagHistory {

    /** The latest move of a tag. */
    Optional<Moved> latest(Reference.Tagged reference);

    /** Whether a tag of a repository was let name a digest, or is about to be, by another build. */
    boolean isNamed(RepositoryName repository, Digest digest, String exceptByBuild);

    /**
     * A tag that was moved.
     *
     * @param requestedAt of the build that it was moved for
     */
    record Moved(Reference.Tagged reference, Digest digest, String buildId, Instant requestedAt) {}
}
