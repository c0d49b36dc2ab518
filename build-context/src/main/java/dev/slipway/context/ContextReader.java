package dev.slipway.context;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens contexts that lie in a store. One reader serves a whole process: it keeps what it has learned of contexts and
 * packs, which never change, and a few of the packs themselves. Safe for use by several threads.
 */
public final class ContextReader {
    private static final int CONTEXTS_KEPT = 8;

    private final ContentStore store;
    private final PackCache packs;
    private final Map<Digest, SoftReference<BuildContext>> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, SoftReference<BuildContext>> eldest) {
            return size() > CONTEXTS_KEPT;
        }
    };

    public ContextReader(ContentStore store) {
        this.store = store;
        this.packs = new PackCache(store);
    }

    /**
     * Reads the manifest, unless that was done of late, and nothing else yet.
     *
     * @throws ContextException where it is not there ({@code UNREADABLE}), or no context ({@code INVALID})
     * @throws dev.slipway.oci.StoreException where the store cannot be used
     */
    public BuildContext open(Descriptor context) {
        Optional<BuildContext> known = recent(context.digest());
        if (known.isPresent()) {
            return known.get();
        }
        BuildContext opened = read(context);
        synchronized (recent) {
            recent.put(context.digest(), new SoftReference<>(opened));
        }
        return opened;
    }

    private Optional<BuildContext> recent(Digest context) {
        synchronized (recent) {
            SoftReference<BuildContext> known = recent.get(context);
            return known == null ? Optional.empty() : Optional.ofNullable(known.get());
        }
    }

    private BuildContext read(Descriptor context) {
        Optional<Manifest> manifest = store.manifest(context.digest().value());
        if (manifest.isEmpty()) {
            throw new ContextException(
                    ContextException.Kind.UNREADABLE,
                    "the context %s is not in %s".formatted(context.digest(), store.location()),
                    null);
        }
        try {
            ImageManifest image = ImageManifest.of(manifest.get());
            if (!image.artifactType().equals(ContextFormat.ARTIFACT_TYPE)) {
                throw new ContextException(
                        ContextException.Kind.INVALID,
                        "%s in %s is no context but %s"
                                .formatted(context.digest(), store.location(), image.artifactType()),
                        null);
            }
            return new BuildContext(store, packs, image);
        } catch (MalformedDocumentException e) {
            throw new ContextException(ContextException.Kind.INVALID, "the context: " + e.getMessage(), e);
        }
    }
}
