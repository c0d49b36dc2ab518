package dev.slipway.local.registry.store;

import java.nio.charset.StandardCharsets;

/**
 * A manifest's statement that it is about another one (distribution-spec 1.1, "Listing Referrers").
 *
 * @param descriptor of the referrer, as JSON
 */
public record Referral(ContentDigest subject, String descriptor) {

    byte[] descriptorBytes() {
        return descriptor.getBytes(StandardCharsets.UTF_8);
    }
}
