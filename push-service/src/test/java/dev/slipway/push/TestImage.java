package dev.slipway.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An image of two platforms that share a layer, in a store.
 *
 * @param layers of all children, each once
 */
public record TestImage(Manifest index, List<Manifest> children, List<Descriptor> configs, List<Descriptor> layers) {

    /** Different names give different images; layers of a size. */
    public static TestImage in(ContentStore store, String name, int layerSize) {
        Descriptor shared = layer(store, "shared", layerSize);
        List<Manifest> children = new ArrayList<>();
        List<Descriptor> entries = new ArrayList<>();
        List<Descriptor> configs = new ArrayList<>();
        List<Descriptor> layers = new ArrayList<>(List.of(shared));
        for (String architecture : List.of("amd64", "arm64")) {
            Descriptor own = layer(store, name + architecture, layerSize);
            layers.add(own);
            Descriptor config = config(store, name, architecture);
            configs.add(config);
            Manifest child = ImageManifest.of(config, List.of(shared, own)).manifest();
            store.putManifest(child);
            children.add(child);
            entries.add(child.descriptor().withPlatform(Platform.of("linux", architecture)));
        }
        Manifest index = ImageIndex.of(entries).manifest();
        store.putManifest(index);
        return new TestImage(index, List.copyOf(children), List.copyOf(configs), List.copyOf(layers));
    }

    /** An artifact that refers to the index. */
    public Manifest referrer(ContentStore store, String text) {
        Descriptor layer = blob(store, "application/spdx+json", text.getBytes(UTF_8));
        store.putBlob(ImageManifest.EMPTY_CONFIG, BlobSource.of("{}".getBytes(UTF_8)));
        Manifest referrer = ImageManifest.artifact("application/spdx+json", List.of(layer))
                .withSubject(index.descriptor())
                .manifest();
        store.putManifest(referrer);
        return referrer;
    }

    private static Descriptor layer(ContentStore store, String seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed.hashCode()).nextBytes(bytes);
        return blob(store, MediaTypes.LAYER, bytes);
    }

    private static Descriptor config(ContentStore store, String name, String architecture) {
        String json = """
                {"architecture":"%s","os":"linux","config":{"Labels":{"name":"%s"}},"rootfs":{"type":"layers","diff_ids":[]}}""".formatted(architecture, name);
        return blob(store, MediaTypes.IMAGE_CONFIG, json.getBytes(UTF_8));
    }

    private static Descriptor blob(ContentStore store, String mediaType, byte[] bytes) {
        Descriptor descriptor = Descriptor.of(mediaType, bytes);
        store.putBlob(descriptor, BlobSource.of(bytes));
        return descriptor;
    }
}
