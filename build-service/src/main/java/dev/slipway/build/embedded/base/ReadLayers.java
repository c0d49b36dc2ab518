package dev.slipway.build.embedded.base;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.embedded.tree.BrokenLayerException;
import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.build.embedded.tree.LayerContents;
import dev.slipway.build.embedded.tree.LayerListing;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads which files are in layers. */
public final class ReadLayers {
    private static final int BUFFER = 64 * 1024;

    private final LayerContents contents;

    public ReadLayers(LayerContents contents) {
        this.contents = contents;
    }

    /**
     * Reads on the first call, and not again unless that fails or memory runs short: a large image has some hundred thousand
     * files. The tree must not be changed.
     */
    Supplier<FileTree> lazily(ContentStore repository, List<PulledImage.Layer> layers) {
        return new Supplier<>() {
            private @Nullable SoftReference<FileTree> tree;

            @Override
            public synchronized FileTree get() {
                FileTree known = tree == null ? null : tree.get();
                if (known == null) {
                    known = read(repository, layers);
                    tree = new SoftReference<>(known);
                }
                return known;
            }
        };
    }

    private FileTree read(ContentStore repository, List<PulledImage.Layer> layers) {
        FileTree tree = FileTree.empty();
        for (PulledImage.Layer layer : layers) {
            Descriptor blob = layer.descriptor();
            LayerContents.PlainTar tar = () -> plain(repository, blob);
            try (InputStream in = tar.open()) {
                LayerListing.read(in, path -> () -> contents.open(blob.digest(), path, tar))
                        .applyTo(tree);
            } catch (BrokenLayerException e) {
                throw unreadable(repository, blob, e, false);
            } catch (IOException e) {
                throw unreadable(repository, blob, e, true);
            } catch (StoreException e) {
                throw unreadable(repository, blob, e, e.retryable());
            }
        }
        return tree;
    }

    private static BuildException unreadable(
            ContentStore repository, Descriptor layer, Exception cause, boolean retryable) {
        return new BuildException(
                Reason.BASE_IMAGE_UNAVAILABLE,
                "layer %s of %s cannot be read: %s"
                        .formatted(layer.digest(), repository.location(), cause.getMessage()),
                retryable,
                cause);
    }

    private static InputStream plain(ContentStore repository, Descriptor layer) throws IOException {
        return switch (layer.mediaType()) {
            case MediaTypes.LAYER -> repository.openBlob(layer);
            case MediaTypes.LAYER_GZIP -> new GZIPInputStream(repository.openBlob(layer), BUFFER);
            default ->
                throw BuildException.permanent(
                        Reason.DOCKERFILE_UNSUPPORTED,
                        "layer %s of %s is %s; the embedded builder looks into gzip and plain layers only"
                                .formatted(layer.digest(), repository.location(), layer.mediaType()));
        };
    }
}
