package dev.slipway.push.moving;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the tags of a publish named before it touched the first of them.
 *
 * @param digest what they shall name
 * @param at when this was written
 */
public record Prepared(String buildId, Digest digest, List<Target> targets, Instant at) {
    public Prepared {
        targets = List.copyOf(targets);
    }

    /**
     * One tag.
     *
     * @param previous empty where the tag did not exist
     * @param digestWasPresent whether the repository had the new digest before staging
     */
    public record Target(Reference.Tagged reference, Optional<Descriptor> previous, boolean digestWasPresent) {
        Optional<Digest> previousDigest() {
            return previous.map(Descriptor::digest);
        }
    }
}
