package dev.slipway.push.rollback;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.push.TargetFailure;
import java.util.List;
import java.util.Optional;

/** Whether there is something to go back to. */
public sealed interface EarlierImage {

    /**
     * There is.
     *
     * @param publishedBy the latest build that let the tag name it; empty where it was there before Slipway was
     * @param tags that shall name it again
     */
    record Found(Digest digest, Optional<String> publishedBy, List<Reference.Tagged> tags) implements EarlierImage {
        public Found {
            tags = List.copyOf(tags);
        }
    }

    record Refused(TargetFailure why) implements EarlierImage {}
}
