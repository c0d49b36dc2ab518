package dev.slipway.context.pack;

import dev.slipway.context.ContextException;
import dev.slipway.context.ContextFormat;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Makes blobs of units: hashes them, or knows their digest from before. Used by several threads. */
final class BlobMaker {
    /** Packs stay in memory up to this many bytes altogether; beyond it they are made again when they are sent. */
    private static final long KEPT_BYTES = 12L * 1024 * 1024;

    private static final int BUFFER = 256 * 1024;

    private final Layout layout;
    private final Optional<HashCache> cache;
    private final long walkedAt;
    private final AtomicLong kept = new AtomicLong();

    BlobMaker(Layout layout, Optional<HashCache> cache, long walkedAt) {
        this.layout = layout;
        this.cache = cache;
        this.walkedAt = walkedAt;
    }

    ContextBlob blob(Unit unit) {
        Optional<Digest> key = cache.map(c -> HashCache.key(unit));
        Optional<HashCache.Entry> known = cache.flatMap(c -> c.find(key.orElseThrow()));
        ContextBlob blob = switch (unit) {
            case Unit.Single single -> single(single, known);
            case Unit.Pack pack -> pack(pack, known);
        };
        if (known.isEmpty()) {
            Descriptor d = blob.descriptor();
            cache.ifPresent(
                    c -> c.remember(key.orElseThrow(), unit, new HashCache.Entry(d.digest(), d.size()), walkedAt));
        }
        return blob;
    }

    private ContextBlob single(Unit.Single single, Optional<HashCache.Entry> known) {
        Node file = single.file();
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(ContextFormat.TITLE, file.path());
        annotations.put(ContextFormat.MODE, Integer.toOctalString(file.mode()));
        if (single.hidden()) {
            annotations.put(ContextFormat.HIDDEN, "true");
        }
        Digest digest = known.map(HashCache.Entry::digest).orElseGet(() -> hash(file));
        return new ContextBlob(
                Descriptor.of(ContextFormat.FILE, digest, file.size()).withAnnotations(annotations), () -> open(file));
    }

    private Digest hash(Node file) {
        MessageDigest sha256 = Digest.newSha256();
        byte[] buffer = new byte[Math.clamp(file.size(), 1, BUFFER)];
        try (InputStream in = open(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return Digest.ofHash(sha256);
    }

    private ContextBlob pack(Unit.Pack pack, Optional<HashCache.Entry> known) {
        if (known.isPresent()) {
            HashCache.Entry entry = known.get();
            return new ContextBlob(
                    Descriptor.of(ContextFormat.PACK, entry.digest(), entry.size()), again(pack, entry.digest()));
        }
        byte[] tar = tar(pack);
        Descriptor descriptor = Descriptor.of(ContextFormat.PACK, tar);
        boolean keep = kept.addAndGet(tar.length) <= KEPT_BYTES;
        return new ContextBlob(descriptor, keep ? BlobSource.of(tar) : again(pack, descriptor.digest()));
    }

    private BlobSource again(Unit.Pack pack, Digest expected) {
        return () -> {
            byte[] tar = tar(pack);
            if (!Digest.of(tar).equals(expected)) {
                if (cache.isPresent()) {
                    cache.get().drop();
                }
                throw changed(pack.nodes().getFirst().path() + "' or one of the files after it, up to '"
                        + pack.nodes().getLast().path());
            }
            return new ByteArrayInputStream(tar);
        };
    }

    private byte[] tar(Unit.Pack pack) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) pack.bytes());
        PackTar tar = new PackTar(bytes);
        for (Node node : pack.nodes()) {
            try {
                switch (node.kind()) {
                    case DIRECTORY -> tar.directory(node.path(), node.mode());
                    case LINK -> tar.link(node.path(), node.link());
                    case FILE -> {
                        try (InputStream in = open(node)) {
                            if (!tar.file(node.path(), node.mode(), node.size(), in)) {
                                throw changed(node.path());
                            }
                        }
                    }
                    case SPECIAL -> throw new IllegalArgumentException(node + " cannot be packed");
                }
            } catch (IOException e) {
                throw unreadable(node, e);
            }
        }
        try {
            tar.end();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private InputStream open(Node node) throws IOException {
        return new UnchangedStream(Files.newInputStream(layout.file(node)), node, layout.file(node));
    }

    static ContextException changed(String path) {
        return new ContextException(
                ContextException.Kind.CHANGED,
                "'%s' of the context changed while it was packed; try again when nothing writes to it".formatted(path),
                null);
    }

    private static ContextException unreadable(Node node, IOException e) {
        return new ContextException(
                ContextException.Kind.UNREADABLE, "cannot read '%s' of the context: %s".formatted(node.path(), e), e);
    }
}
