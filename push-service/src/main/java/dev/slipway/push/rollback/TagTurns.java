package dev.slipway.push.rollback;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What tags have named, by the outcomes of all publishes and rollbacks. */
public interface TagTurns {

    /** The newest first; those that changed nothing are among them. */
    List<Turn> of(Reference.Tagged tag);

    /** The tags that a build let name its digest, in the order of its request. */
    List<Reference.Tagged> takenBy(String buildId);

    /**
     * A tag after a publish or a rollback.
     *
     * @param at when it was said that it had ended
     * @param digest that the tag named then
     * @param previous that it named before; empty where it did not exist
     */
    record Turn(String buildId, Instant at, Digest digest, Optional<Digest> previous) {}
}
