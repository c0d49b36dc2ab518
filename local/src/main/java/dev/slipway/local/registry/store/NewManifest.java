package dev.slipway.local.registry.store;

import java.util.List;
import java.util.Optional;

/**
 * A manifest that is verified and about to be stored.
 *
 * @param digest of its bytes, by the algorithm that its client chose
 * @param referral where it has a subject
 * @param tags that are to name it
 */
public record NewManifest(ContentDigest digest, String mediaType, Optional<Referral> referral, List<String> tags) {
    public NewManifest {
        tags = List.copyOf(tags);
    }
}
