package dev.slipway.warmup.keep;

import dev.slipway.oci.Digest;
import dev.slipway.warmup.PublishedImage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be kept, from what was said of it and from the tags that moved since. After a rollback a kept tag names the old
 * image, so that is kept, and the bad one no longer is.
 */
public final class WarmSet {
    private record Said(KeptImage image, Instant at) {}

    private record Named(Digest digest, String buildId, Instant at) {}

    private final Map<String, Said> said = new HashMap<>();
    private final Map<String, Named> tags = new HashMap<>();

    /** Something was said of a reference on a cluster; it replaces what was said before. */
    public synchronized void said(KeptImage image, Instant at) {
        said.put(image.key(), new Said(image, at));
    }

    /** A tag names an image since then. */
    public synchronized void moved(String reference, Digest digest, String buildId, Instant at) {
        tags.merge(
                reference,
                new Named(digest, buildId, at),
                (there, next) -> next.at().isBefore(there.at()) ? there : next);
    }

    /** What is to be kept at a time. */
    public synchronized List<KeptImage> at(Instant now) {
        return said.values().stream()
                .filter(one -> one.image().until().isAfter(now))
                .map(this::current)
                .toList();
    }

    private KeptImage current(Said one) {
        KeptImage image = one.image();
        Named named = tags.get(image.reference().toString());
        return named == null
                        || !named.at().isAfter(one.at())
                        || named.digest().equals(image.image().digest())
                ? image
                : image.naming(new PublishedImage(
                        named.buildId(), named.digest(), image.image().repositories()));
    }
}
