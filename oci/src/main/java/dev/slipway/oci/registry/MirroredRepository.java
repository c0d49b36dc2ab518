package dev.slipway.oci.registry;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.hash.VerifiedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A repository that is read from its registry's mirrors first. What a mirror lacks, or fails at, comes from the registry itself; a
 * mirror that failed is left alone for a while. What only the registry can tell, it is asked alone: tags, referrers, and all writes.
 */
final class MirroredRepository implements ContentStore {
    private final RegistryRepository origin;
    private final List<Mirror> mirrors;

    MirroredRepository(RegistryRepository origin, List<Mirror> mirrors) {
        this.origin = origin;
        this.mirrors = List.copyOf(mirrors);
    }

    /** The same repository on a mirror. */
    record Mirror(RegistryRepository repository, Rest rest) {}

    @Override
    public String location() {
        return origin.location();
    }

    @Override
    public Optional<Descriptor> resolve(String tagOrDigest) {
        return first(store -> store.resolve(tagOrDigest), Optional::isPresent);
    }

    @Override
    public Optional<Manifest> manifest(String tagOrDigest) {
        return first(store -> store.manifest(tagOrDigest), Optional::isPresent);
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return first(store -> store.hasBlob(digest), there -> there);
    }

    @Override
    public InputStream openBlob(Descriptor blob) {
        for (Mirror mirror : mirrors) {
            Optional<InputStream> opened = ask(mirror, store -> store.openBlob(blob));
            if (opened.isPresent()) {
                return new VerifiedInputStream(location(), blob, new Reading(mirror, blob, opened.get()));
            }
        }
        return origin.openBlob(blob);
    }

    @Override
    public byte[] part(Descriptor blob, long offset, int length) {
        return first(store -> store.part(blob, offset, length), bytes -> true);
    }

    @Override
    public byte[] blob(Descriptor blob) {
        return first(store -> store.blob(blob), bytes -> true);
    }

    private <T> T first(Function<ContentStore, T> read, Predicate<T> found) {
        for (Mirror mirror : mirrors) {
            Optional<T> answer = ask(mirror, read).filter(found);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return read.apply(origin);
    }

    private static <T> Optional<T> ask(Mirror mirror, Function<ContentStore, T> read) {
        if (mirror.rest().isOn()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(mirror.repository()));
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.NOT_FOUND) {
                mirror.rest().begin();
            }
            return Optional.empty();
        }
    }

    /** A blob from a mirror; where that breaks off, the rest is the registry's. */
    private final class Reading extends InputStream {
        private final Mirror mirror;
        private final Descriptor blob;
        private InputStream stream;
        private boolean mirrored = true;
        private long read;

        private Reading(Mirror mirror, Descriptor blob, InputStream stream) {
            this.mirror = mirror;
            this.blob = blob;
            this.stream = stream;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            int count;
            try {
                count = stream.read(into, at, length);
            } catch (IOException | StoreException e) {
                if (!mirrored) {
                    throw e;
                }
                goOnWithTheRegistry();
                count = stream.read(into, at, length);
            }
            read += Math.max(0, count);
            return count;
        }

        private void goOnWithTheRegistry() throws IOException {
            mirror.rest().begin();
            stream.close();
            mirrored = false;
            stream = origin.openBlob(blob);
            stream.skipNBytes(read);
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    @Override
    public Descriptor putManifest(Manifest manifest) {
        return origin.putManifest(manifest);
    }

    @Override
    public Descriptor tag(Manifest manifest, String tag) {
        return origin.tag(manifest, tag);
    }

    @Override
    public boolean putBlob(Descriptor blob, BlobSource content) {
        return origin.putBlob(blob, content);
    }

    @Override
    public void sendBlob(Descriptor blob, BlobSource content) {
        origin.sendBlob(blob, content);
    }

    @Override
    public Descriptor addBlob(String mediaType, long size, BlobSource content) {
        return origin.addBlob(mediaType, size, content);
    }

    @Override
    public boolean mountBlob(Digest digest, RepositoryName from) {
        return origin.mountBlob(digest, from);
    }

    @Override
    public List<Descriptor> referrers(Digest subject, Optional<String> artifactType) {
        return origin.referrers(subject, artifactType);
    }

    @Override
    public List<String> tags() {
        return origin.tags();
    }

    @Override
    public boolean deleteTag(String tag) {
        return origin.deleteTag(tag);
    }

    @Override
    public boolean deleteManifest(Digest digest) {
        return origin.deleteManifest(digest);
    }

    @Override
    public String toString() {
        return location();
    }
}
