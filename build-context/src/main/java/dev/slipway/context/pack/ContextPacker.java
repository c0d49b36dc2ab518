package dev.slipway.context.pack;

import dev.slipway.context.ContextException;
import dev.slipway.context.ContextFormat;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.image.ImageManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Packs a directory by its {@code .dockerignore}, as {@link ContextFormat} says. Modes are kept; owners and times are not.
 * Extended attributes are not kept, and hard links become files.
 */
public final class ContextPacker {

    private final int threads;

    public ContextPacker() {
        this(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));
    }

    ContextPacker(int threads) {
        this.threads = threads;
    }

    /**
     * Packs and blocks until all is hashed.
     *
     * @param ready hears of each blob as soon as its digest is known, so that sending can overlap with the hashing of the
     *     others. It is called from several threads; what it throws ends the packing.
     * @throws ContextException where the directory can be no context
     */
    public PackedContext pack(PackRequest request, Consumer<ContextBlob> ready) {
        Layout layout = Layout.of(request);
        long walkedAt = System.currentTimeMillis() * 1_000_000L;
        ConcurrentLinkedQueue<Future<Long>> ignored = new ConcurrentLinkedQueue<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            try {
                DirectoryWalk walk = new DirectoryWalk(
                        layout.root(),
                        layout.rules(),
                        skipped -> ignored.add(pool.submit(() -> IgnoredBytes.of(skipped))));
                List<Node> nodes = walk.nodes();
                List<Unit> units = layout.units(nodes);
                Optional<HashCache> cache =
                        request.cacheDirectory().map(directory -> HashCache.open(directory, layout.root()));
                BlobMaker maker = new BlobMaker(layout, cache, walkedAt);
                List<Future<ContextBlob>> hashing = new ArrayList<>();
                for (Unit unit : units) {
                    hashing.add(pool.submit(() -> {
                        ContextBlob blob = maker.blob(unit);
                        ready.accept(blob);
                        return blob;
                    }));
                }
                List<ContextBlob> layers = new ArrayList<>();
                for (Future<ContextBlob> blob : hashing) {
                    layers.add(await(blob));
                }
                long ignoredBytes = walk.ignoredBytes();
                for (Future<Long> bytes : ignored) {
                    ignoredBytes += await(bytes);
                }
                save(cache);
                return packed(layout, nodes, layers, ignoredBytes, ready);
            } catch (RuntimeException e) {
                pool.shutdownNow();
                throw e;
            }
        }
    }

    private static PackedContext packed(
            Layout layout, List<Node> nodes, List<ContextBlob> layers, long ignoredBytes, Consumer<ContextBlob> ready) {
        ContextBlob config = new ContextBlob(ImageManifest.EMPTY_CONFIG, ImageManifest.EMPTY_CONFIG_CONTENT);
        ready.accept(config);
        Map<Digest, ContextBlob> distinct = new LinkedHashMap<>();
        distinct.put(config.descriptor().digest(), config);
        layers.forEach(layer -> distinct.putIfAbsent(layer.descriptor().digest(), layer));
        long packedBytes = nodes.stream().mapToLong(Node::size).sum();
        long totalBytes = packedBytes + ignoredBytes;
        List<Descriptor> descriptors =
                layers.stream().map(ContextBlob::descriptor).toList();
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(ContextFormat.TOTAL_BYTES, Long.toString(totalBytes));
        annotations.put(ContextFormat.PACKED_BYTES, Long.toString(packedBytes));
        Manifest manifest = ImageManifest.artifact(ContextFormat.ARTIFACT_TYPE, descriptors)
                .withAnnotations(annotations)
                .manifest();
        int files = (int) nodes.stream().filter(n -> n.kind() == Node.Kind.FILE).count();
        return new PackedContext(
                manifest, layout.dockerfileName(), List.copyOf(distinct.values()), totalBytes, packedBytes, files);
    }

    private static void save(Optional<HashCache> cache) {
        if (cache.isPresent()) {
            try {
                cache.get().save();
            } catch (IOException e) {
                // without it the next packing reads all files again, which is no reason not to build
                return;
            }
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null -> throw new IllegalStateException(e);
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContextException(ContextException.Kind.UNREADABLE, "packing was interrupted", e);
        }
    }
}
