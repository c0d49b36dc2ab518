package dev.slipway.build.embedded.layers;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.layer.Layer;
import dev.slipway.oci.layer.LayerOptions;
import dev.slipway.oci.layer.LayerStream;
import dev.slipway.oci.layer.LayerWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Brings layers into staging. Of all who want a layer at the same time, as the platforms of a build do, one makes it and the
 * others get it.
 */
public final class MakeLayers {
    private static final int REMEMBERED = 1000;

    private record Wanted(String buildId, Digest key) {}

    private final ContentStore staging;
    private final LayerCache cache;
    private final Map<Wanted, CompletableFuture<StagedLayer>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Wanted, CompletableFuture<StagedLayer>> eldest) {
            return size() > REMEMBERED && eldest.getValue().isDone();
        }
    };

    public MakeLayers(ContentStore staging) {
        this.staging = staging;
        this.cache = new LayerCache(staging);
    }

    /**
     * Finds or makes a layer.
     *
     * @param buildId of the build that wants it; its own layers are good for all its platforms
     * @param fresh whether layers of other builds do not count
     * @param directory for temporary files
     */
    public StagedLayer make(LayerFiles files, LayerOptions options, String buildId, boolean fresh, Path directory) {
        Wanted wanted = new Wanted(buildId, files.key(options));
        while (true) {
            CompletableFuture<StagedLayer> mine = new CompletableFuture<>();
            CompletableFuture<StagedLayer> other;
            synchronized (known) {
                other = known.putIfAbsent(wanted, mine);
            }
            if (other == null) {
                return make(wanted, mine, files, options, fresh, directory);
            }
            try {
                return other.get().found();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw BuildException.permanent(Reason.BUILD_CANCELLED, "the build was cancelled");
            } catch (ExecutionException e) {
                // whatever it was, it may not concern this build: a cancelled one must take no other with it
                forget(wanted, other);
            }
        }
    }

    private StagedLayer make(
            Wanted wanted,
            CompletableFuture<StagedLayer> mine,
            LayerFiles files,
            LayerOptions options,
            boolean fresh,
            Path directory) {
        try {
            StagedLayer layer = fresh
                    ? write(wanted.key(), files, options, directory)
                    : cache.find(wanted.key()).orElseGet(() -> write(wanted.key(), files, options, directory));
            mine.complete(layer);
            return layer;
        } catch (RuntimeException | Error e) {
            forget(wanted, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private void forget(Wanted wanted, CompletableFuture<StagedLayer> failed) {
        synchronized (known) {
            known.remove(wanted, failed);
        }
    }

    private StagedLayer write(Digest key, LayerFiles files, LayerOptions options, Path directory) {
        try {
            StagedLayer staged = switch (new LayerWriter(options)
                    .prepare(files.entries(), directory.resolve(key.hex() + ".tar.gz"))) {
                case Layer layer -> {
                    staging.putBlob(layer.descriptor(), layer.content());
                    yield new StagedLayer(layer.descriptor(), layer.diffId(), false);
                }
                case LayerStream stream -> {
                    Descriptor blob = staging.addBlob(stream.mediaType(), stream.size(), stream);
                    yield new StagedLayer(blob, stream.diffId(), false);
                }
            };
            cache.keep(key, staged);
            return staged;
        } catch (IOException e) {
            throw new BuildException(
                    Reason.BUILD_STEP_FAILED, "a layer cannot be written: %s".formatted(e.getMessage()), true, e);
        }
    }
}
