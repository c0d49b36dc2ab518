package dev.slipway.sbom.image;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.layer.LayerEntry;
import dev.slipway.sbom.catalogue.Cataloguer;
import dev.slipway.sbom.catalogue.Evidence;
import dev.slipway.sbom.catalogue.LayerFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads a layer once, from front to back, and shows each file to the first cataloguer that wants it. */
final class ReadLayer {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final int BUFFER = 64 * 1024;
    private static final int MOST_FILES = 2_000_000;
    private static final int MOST_WHITEOUTS = 100_000;
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    private final List<Cataloguer> cataloguers;

    ReadLayer(List<Cataloguer> cataloguers) {
        this.cataloguers = List.copyOf(cataloguers);
    }

    /**
     * Reads it to its end.
     *
     * @param blob as it is stored
     * @throws IOException where it cannot be fetched, or is not what its media type says
     */
    LayerCatalogue read(Descriptor layer, InputStream blob) throws IOException {
        SourceStream source = new SourceStream(blob);
        Reading reading = new Reading();
        switch (layer.mediaType()) {
            case MediaTypes.LAYER -> reading.all(source);
            case MediaTypes.LAYER_GZIP, MediaTypes.DOCKER_LAYER_GZIP ->
                reading.all(new GZIPInputStream(source, BUFFER));
            default ->
                reading.evidence.put(
                        "", new Evidence.Unread("layers of type %s are not read".formatted(layer.mediaType())));
        }
        source.check();
        return new LayerCatalogue(
                layer.digest(),
                reading.evidence,
                reading.removed,
                reading.emptied,
                reading.written,
                reading.directories);
    }

    private final class Reading {
        private final Map<String, Evidence> evidence = new LinkedHashMap<>();
        private final Set<String> removed = new HashSet<>();
        private final Set<String> emptied = new HashSet<>();
        private final PathSet written = new PathSet();
        private final PathSet directories = new PathSet();
        private long bytes;

        void all(InputStream plain) throws IOException {
            TarArchiveInputStream tar = new TarArchiveInputStream(plain);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while a layer was read");
                }
                if (isFull()) {
                    evidence.put("", new Evidence.Unread("it has more files or packages than are read"));
                    break;
                }
                add(LayerEntry.pathOf(entry.getName()), entry, tar);
            }
            plain.transferTo(OutputStream.nullOutputStream());
        }

        private boolean isFull() {
            return written.size() + directories.size() > MOST_FILES
                    || removed.size() + emptied.size() > MOST_WHITEOUTS
                    || bytes > MOST_BYTES;
        }

        private void add(String path, TarArchiveEntry entry, InputStream content) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            String parent = path.substring(0, Math.max(0, path.length() - name.length() - 1));
            if (name.equals(OPAQUE)) {
                emptied.add(parent);
            } else if (name.startsWith(WHITEOUT)) {
                String hidden = name.substring(WHITEOUT.length());
                removed.add(parent.isEmpty() ? hidden : parent + "/" + hidden);
            } else if (entry.isDirectory()) {
                directories.add(path);
            } else {
                written.add(path);
                evidence.remove(path);
                if (entry.isFile() && !entry.isLink()) {
                    put(path, read(new LayerFile(path, entry.getSize(), content)));
                }
            }
        }

        private void put(String path, Evidence found) {
            if (!(found instanceof Evidence.Nothing)) {
                bytes += 100 + path.length() + found.weight();
                evidence.put(path, found);
            }
        }
    }

    private Evidence read(LayerFile file) {
        for (Cataloguer cataloguer : cataloguers) {
            if (cataloguer.wants(file.path())) {
                try {
                    return cataloguer.read(file);
                } catch (IOException | IllegalArgumentException e) {
                    return new Evidence.Unread(
                            String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                }
            }
        }
        return new Evidence.Nothing();
    }
}
