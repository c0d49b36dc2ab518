package dev.slipway.context;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.image.ImageManifest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A context in a store. Large files are read when they are opened and not before; packs when the first entry is asked for.
 * Everything read is verified against its digest.
 */
public final class BuildContext {
    private final ContentStore store;
    private final PackCache packs;
    private final ImageManifest manifest;
    private @Nullable SortedMap<String, ContextEntry> entries;
    private final Map<Digest, byte[]> dockerfiles = new ConcurrentHashMap<>();

    BuildContext(ContentStore store, PackCache packs, ImageManifest manifest) {
        this.store = store;
        this.packs = packs;
        this.manifest = manifest;
    }

    /**
     * Everything that {@code COPY} can see, by path and in its order. Directories that only larger files imply are there too.
     *
     * @throws ContextException where a path leaves the context or comes twice
     */
    public synchronized SortedMap<String, ContextEntry> entries() {
        SortedMap<String, ContextEntry> known = entries;
        if (known == null) {
            known = Collections.unmodifiableSortedMap(ContextEntries.of(manifest.layers(), packs));
            entries = known;
        }
        return known;
    }

    public InputStream open(ContextEntry.RegularFile file) {
        if (!file.packed()) {
            return store.openBlob(file.blob());
        }
        return new ByteArrayInputStream(packs.content(file.blob()), (int) file.offset(), (int) file.size());
    }

    /** Some bytes of a file from an offset on, fewer at its end. Those of large files are not verified. */
    public byte[] part(ContextEntry.RegularFile file, long offset, int length) {
        int wanted = (int) Math.min(length, file.size() - offset);
        if (!file.packed()) {
            return store.part(file.blob(), offset, wanted);
        }
        int start = (int) (file.offset() + offset);
        return Arrays.copyOfRange(packs.content(file.blob()), start, start + wanted);
    }

    /**
     * The Dockerfile, also where {@code COPY} cannot see it. Where it is a blob of its own, nothing else is read.
     *
     * @param maxBytes more is refused
     * @throws ContextException {@code DOCKERFILE_MISSING}
     */
    public byte[] dockerfile(String path, long maxBytes) {
        Optional<Descriptor> blob = layer(path, true).or(() -> layer(path, false));
        if (blob.isPresent()) {
            checkSize(path, blob.get().size(), maxBytes);
            return dockerfile(blob.get());
        }
        ContextEntry.RegularFile file = ContextEntries.follow(entries(), path)
                .orElseThrow(() -> new ContextException(
                        ContextException.Kind.DOCKERFILE_MISSING,
                        "there is no Dockerfile '%s' in the context".formatted(path),
                        null));
        checkSize(path, file.size(), maxBytes);
        if (!file.packed()) {
            return store.blob(file.blob());
        }
        byte[] pack = packs.content(file.blob());
        return Arrays.copyOfRange(pack, (int) file.offset(), (int) (file.offset() + file.size()));
    }

    /** The planner and each platform want the same one. */
    private byte[] dockerfile(Descriptor blob) {
        return dockerfiles
                .computeIfAbsent(blob.digest(), digest -> store.blob(blob))
                .clone();
    }

    /** Bytes of the directory before {@code .dockerignore}; the packed bytes where the packer did not say. */
    public long totalBytes() {
        return bytes(ContextFormat.TOTAL_BYTES).orElseGet(this::packedBytes);
    }

    /** Bytes of the files in the context; the size of its blobs where the packer did not say. */
    public long packedBytes() {
        return bytes(ContextFormat.PACKED_BYTES)
                .orElseGet(() ->
                        manifest.layers().stream().mapToLong(Descriptor::size).sum());
    }

    private Optional<Long> bytes(String annotation) {
        String value = manifest.annotations().get(annotation);
        return value != null && value.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(value)) : Optional.empty();
    }

    private Optional<Descriptor> layer(String path, boolean hidden) {
        List<Descriptor> layers = manifest.layers();
        return layers.stream()
                .filter(layer -> path.equals(layer.annotations().get(ContextFormat.TITLE)))
                .filter(layer -> ContextEntries.isHidden(layer) == hidden)
                .findFirst();
    }

    private static void checkSize(String path, long size, long maxBytes) {
        if (size > maxBytes) {
            throw new ContextException(
                    ContextException.Kind.INVALID,
                    "'%s' has %d bytes, more than a Dockerfile may have (%d)".formatted(path, size, maxBytes),
                    null);
        }
    }
}
