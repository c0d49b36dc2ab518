package dev.slipway.push;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Manifests of the staging repository; the latest few are kept, which is safe since a digest never changes its content. */
public final class Manifests {
    private final ContentStore staging;
    private final long maxBytes;
    private final Map<Digest, Manifest> kept = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<Digest, Manifest> made = new HashMap<>();
    private long keptBytes;

    public Manifests(ContentStore staging, long maxBytes) {
        this.staging = staging;
        this.maxBytes = maxBytes;
    }

    /** The same repository, as if it had one more. */
    public Manifests with(Manifest made) {
        Manifests extended = new Manifests(staging, maxBytes);
        extended.made.putAll(this.made);
        extended.made.put(made.digest(), made);
        return extended;
    }

    /**
     * A manifest with the media type that its descriptor says.
     *
     * @throws StoreException also where staging does not have it, or serves it as something else
     */
    public Manifest get(Descriptor descriptor) {
        Manifest manifest = lookUp(descriptor.digest());
        if (!manifest.mediaType().equals(descriptor.mediaType())) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    staging.location(),
                    "%s serves %s as %s and not as %s"
                            .formatted(
                                    staging.location(),
                                    descriptor.digest(),
                                    manifest.mediaType(),
                                    descriptor.mediaType()),
                    null);
        }
        return manifest;
    }

    /** Where they are, for messages. */
    public String location() {
        return staging.location();
    }

    private Manifest lookUp(Digest digest) {
        Manifest ours = made.get(digest);
        if (ours != null) {
            return ours;
        }
        synchronized (kept) {
            Manifest there = kept.get(digest);
            if (there != null) {
                return there;
            }
        }
        Manifest read = staging.manifest(digest.value())
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.NOT_FOUND,
                        staging.location(),
                        "%s does not have manifest %s".formatted(staging.location(), digest),
                        null));
        keep(read);
        return read;
    }

    private void keep(Manifest manifest) {
        synchronized (kept) {
            if (kept.putIfAbsent(manifest.digest(), manifest) == null) {
                keptBytes += manifest.descriptor().size();
            }
            var oldest = kept.values().iterator();
            while (keptBytes > maxBytes && oldest.hasNext()) {
                keptBytes -= oldest.next().descriptor().size();
                oldest.remove();
            }
        }
    }
}
