package dev.slipway.sbom.image;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.StoreException;
import dev.slipway.sbom.catalogue.Cataloguer;
import dev.slipway.sbom.java.JavaArchive;
import dev.slipway.sbom.language.GoBinary;
import dev.slipway.sbom.language.NpmPackage;
import dev.slipway.sbom.language.PythonPackage;
import dev.slipway.sbom.rpm.RpmDatabase;
import dev.slipway.sbom.system.ApkDatabase;
import dev.slipway.sbom.system.DebianCopyright;
import dev.slipway.sbom.system.DpkgDatabase;
import dev.slipway.sbom.system.OsRelease;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds the packages in an image. A layer that was read once is not read again, as long as it is remembered. */
public final class CatalogueImage {
    /** Of layers that are remembered, roughly, in bytes. */
    private static final long REMEMBERED = 32L * 1024 * 1024;
    /** Of one image. */
    private static final long MOST = 64L * 1024 * 1024;

    private final ReadLayer readLayer;
    private final Map<Digest, LayerCatalogue> known = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Digest, Object> turns = new ConcurrentHashMap<>();
    private long weight;

    /**
     * Makes the use case.
     *
     * @param directory for temporary files
     */
    public CatalogueImage(Path directory) {
        List<Cataloguer> cataloguers = new ArrayList<>(List.of(
                new DpkgDatabase(),
                new DebianCopyright(),
                new ApkDatabase(),
                new OsRelease(),
                new RpmDatabase(directory),
                new JavaArchive(JavaArchive.Bounds.USUAL),
                new NpmPackage(),
                new PythonPackage()));
        cataloguers.add(new GoBinary());
        this.readLayer = new ReadLayer(cataloguers);
    }

    /**
     * Reads what is not known yet.
     *
     * @param layers the lowest first
     * @throws StoreException where a layer cannot be fetched or is broken
     */
    public ImageCatalogue catalogue(ContentStore store, List<Descriptor> layers) {
        ImageFiles files = new ImageFiles();
        long read = 0;
        for (Descriptor layer : layers) {
            if (read > MOST) {
                files.pass(layer.digest(), "the layers below it have more packages than are read");
            } else {
                LayerCatalogue catalogue = layer(store, layer);
                read += catalogue.weight();
                files.add(catalogue);
            }
        }
        return files.catalogue();
    }

    private LayerCatalogue layer(ContentStore store, Descriptor layer) {
        synchronized (turns.computeIfAbsent(layer.digest(), digest -> new Object())) {
            LayerCatalogue remembered = remembered(layer.digest());
            if (remembered != null) {
                return remembered;
            }
            try (InputStream blob = store.openBlob(layer)) {
                LayerCatalogue read = readLayer.read(layer, blob);
                remember(layer.digest(), read);
                return read;
            } catch (IOException e) {
                throw new StoreException(
                        StoreException.Kind.UNAVAILABLE,
                        store.location(),
                        "layer %s of %s cannot be read: %s".formatted(layer.digest(), store.location(), e.getMessage()),
                        e);
            } finally {
                turns.remove(layer.digest());
            }
        }
    }

    private synchronized @Nullable LayerCatalogue remembered(Digest layer) {
        return known.get(layer);
    }

    private synchronized void remember(Digest layer, LayerCatalogue catalogue) {
        known.put(layer, catalogue);
        weight += catalogue.weight();
        for (var eldest = known.values().iterator(); weight > REMEMBERED && eldest.hasNext(); ) {
            weight -= eldest.next().weight();
            eldest.remove();
        }
    }
}
