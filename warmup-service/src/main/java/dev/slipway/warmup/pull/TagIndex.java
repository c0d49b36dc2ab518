package dev.slipway.warmup.pull;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What each tag names that Slipway published. It is bound to digests: a tag that moved names the new one at once. */
public final class TagIndex {

    /**
     * What a tag names.
     *
     * @param requestedAt of the request whose result this is
     */
    public record Named(Reference.Tagged reference, Digest digest, String buildId, Instant requestedAt) {}

    private final Map<String, Named> tags = new ConcurrentHashMap<>();

    /** An older request never replaces a newer one, however late its record comes. */
    public void moved(Named named) {
        tags.merge(
                named.reference().toString(),
                named,
                (there, next) -> next.requestedAt().isBefore(there.requestedAt()) ? there : next);
    }

    public Optional<Named> find(Reference.Tagged reference) {
        return Optional.ofNullable(tags.get(reference.toString()));
    }

    public Stream<Named> all() {
        return tags.values().stream();
    }

    public int size() {
        return tags.size();
    }
}
