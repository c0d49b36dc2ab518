package dev.slipway.warmup;

import dev.slipway.oci.Digest;
import dev.slipway.oci.RepositoryName;
import java.util.List;

/**
 * An image that tags name now.
 *
 * @param repositories that have it, each once
 */
public record PublishedImage(String buildId, Digest digest, List<RepositoryName> repositories) {
    public PublishedImage {
        repositories = repositories.stream().distinct().toList();
    }
}
