package dev.slipway.oci.layout;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.hash.VerifiedInputStream;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An image layout. Files appear at once and complete. Threads may share an instance; only one instance may write to a
 * directory at a time.
 */
public final class ImageLayout implements ContentStore {
    private static final String VERSION = "{\"imageLayoutVersion\":\"1.0.0\"}";

    private final Path directory;
    private final LayoutBlobs blobs;
    private final ReentrantLock writing = new ReentrantLock();

    private ImageLayout(Path directory) {
        this.directory = directory;
        this.blobs = new LayoutBlobs(directory);
    }

    /** Opens a layout, and makes an empty one where there is none. */
    public static ImageLayout at(Path directory) {
        ImageLayout layout = new ImageLayout(directory);
        layout.io(() -> {
            if (!Files.exists(directory.resolve("index.json"))) {
                Files.createDirectories(directory.resolve("blobs"));
                layout.writeIndex(LayoutIndex.empty());
            }
            if (!Files.exists(directory.resolve("oci-layout"))) {
                layout.replace("oci-layout", VERSION.getBytes(StandardCharsets.UTF_8));
            }
            return layout;
        });
        return layout;
    }

    @Override
    public String location() {
        return directory.toString();
    }

    @Override
    public Optional<Descriptor> resolve(String tagOrDigest) {
        return manifest(tagOrDigest).map(Manifest::descriptor);
    }

    @Override
    public Optional<Manifest> manifest(String tagOrDigest) {
        LayoutIndex index = readIndex();
        if (Digest.isDigest(tagOrDigest)) {
            Digest digest = new Digest(tagOrDigest);
            return index.of(digest).map(this::read).or(() -> unlisted(digest));
        }
        return index.tagged(tagOrDigest).map(this::read);
    }

    @Override
    public Descriptor putManifest(Manifest manifest) {
        return write(manifest, index -> index.plus(manifest.descriptor(), children(manifest)));
    }

    @Override
    public Descriptor tag(Manifest manifest, String tag) {
        return write(
                manifest,
                index -> index.plus(manifest.descriptor(), children(manifest)).tag(manifest.descriptor(), tag));
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return blobs.has(digest);
    }

    @Override
    public InputStream openBlob(Descriptor blob) {
        return io(() -> new VerifiedInputStream(location(), blob, blobs.open(blob.digest())));
    }

    @Override
    public byte[] blob(Descriptor blob) {
        return io(() -> {
            try (InputStream stream = openBlob(blob)) {
                return stream.readAllBytes();
            }
        });
    }

    @Override
    public boolean putBlob(Descriptor blob, BlobSource content) {
        if (hasBlob(blob.digest())) {
            return false;
        }
        return io(() -> {
            blobs.write(blob, content);
            return true;
        });
    }

    /** A layout is one repository. */
    @Override
    public boolean mountBlob(Digest digest, RepositoryName from) {
        return false;
    }

    /** Those that are listed here as manifests, and those of the fallback tag, where somebody else wrote one. */
    @Override
    public List<Descriptor> referrers(Digest subject, Optional<String> artifactType) {
        Stream<Descriptor> listed = readIndex().entries().stream()
                .map(this::read)
                .filter(manifest -> subjectOf(manifest).filter(subject::equals).isPresent())
                .map(ImageLayout::referrer);
        Stream<Descriptor> byTag = manifest(subject.algorithm() + "-" + subject.hex()).stream()
                .filter(manifest -> MediaTypes.isIndex(manifest.mediaType()))
                .flatMap(manifest -> ImageIndex.of(manifest).manifests().stream());
        return Stream.concat(listed, byTag)
                .filter(referrer -> artifactType.isEmpty() || artifactType.get().equals(referrer.artifactType()))
                .collect(Collectors.toMap(Descriptor::digest, d -> d, (first, second) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    @Override
    public List<String> tags() {
        return readIndex().tags();
    }

    @Override
    public boolean deleteTag(String tag) {
        change(index -> index.untag(tag));
        return true;
    }

    @Override
    public boolean deleteManifest(Digest digest) {
        change(index -> index.minus(digest));
        return io(() -> {
            blobs.delete(digest);
            return true;
        });
    }

    @Override
    public String toString() {
        return location();
    }

    private Descriptor write(Manifest manifest, UnaryOperator<LayoutIndex> change) {
        putBlob(manifest.descriptor(), BlobSource.of(manifest.bytes()));
        change(change);
        return manifest.descriptor();
    }

    private void change(UnaryOperator<LayoutIndex> change) {
        writing.lock();
        try {
            LayoutIndex before = readIndex();
            LayoutIndex after = change.apply(before);
            if (!after.entries().equals(before.entries())) {
                io(() -> {
                    writeIndex(after);
                    return after;
                });
            }
        } finally {
            writing.unlock();
        }
    }

    private Manifest read(Descriptor entry) {
        Descriptor plain = LayoutIndex.plain(entry);
        return Manifest.of(entry.mediaType(), blob(Descriptor.of(plain.mediaType(), plain.digest(), plain.size())));
    }

    /** A child of an index: a blob like any other, and only itself says that it is a manifest. */
    private Optional<Manifest> unlisted(Digest digest) {
        if (!blobs.has(digest)) {
            return Optional.empty();
        }
        byte[] bytes = io(() -> blobs.read(digest));
        try {
            return Optional.of(ImageManifest.parse(bytes).manifest());
        } catch (MalformedDocumentException noManifest) {
            try {
                return Optional.of(ImageIndex.parse(bytes).manifest());
            } catch (MalformedDocumentException neither) {
                return Optional.empty();
            }
        }
    }

    private static Set<Digest> children(Manifest manifest) {
        return MediaTypes.isIndex(manifest.mediaType())
                ? ImageIndex.of(manifest).manifests().stream()
                        .map(Descriptor::digest)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static Optional<Digest> subjectOf(Manifest manifest) {
        if (MediaTypes.isIndex(manifest.mediaType())) {
            return ImageIndex.of(manifest).subject().map(Descriptor::digest);
        }
        return MediaTypes.isImageManifest(manifest.mediaType())
                ? ImageManifest.of(manifest).subject().map(Descriptor::digest)
                : Optional.empty();
    }

    private static Descriptor referrer(Manifest manifest) {
        return MediaTypes.isIndex(manifest.mediaType())
                ? ImageIndex.of(manifest).asReferrer()
                : ImageManifest.of(manifest).asReferrer();
    }

    private LayoutIndex readIndex() {
        return io(() -> new LayoutIndex(ImageIndex.parse(Files.readAllBytes(directory.resolve("index.json")))));
    }

    private void writeIndex(LayoutIndex index) throws IOException {
        replace("index.json", index.index().manifest().bytes());
    }

    private void replace(String name, byte[] content) throws IOException {
        Files.createDirectories(directory);
        Path file = Files.createTempFile(directory, "." + name, "");
        try {
            Files.write(file, content);
            Files.move(file, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @FunctionalInterface
    private interface Io<T> {
        T run() throws IOException;
    }

    private <T> T io(Io<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new StoreException(
                    Kind.UNAVAILABLE, location(), "cannot use the image layout %s: %s".formatted(location(), e), e);
        }
    }
}
