package dev.slipway.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.layout.ImageLayout;
import dev.slipway.sbom.image.CatalogueImage;
import dev.slipway.sbom.image.ImageCatalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An image of layers of files, in a layout. */
public final class TestImage {
    private final ImageLayout store;
    private final Path work;
    private final List<Descriptor> layers = new ArrayList<>();

    public TestImage(Path directory) {
        this.store = ImageLayout.at(directory.resolve("layout"));
        this.work = directory;
    }

    /** Names and contents in turn; a name that ends with a slash is a directory. */
    public TestImage layer(Object... files) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < files.length; i += 2) {
            entries.put(
                    (String) files[i],
                    files[i + 1] instanceof byte[] bytes ? bytes : ((String) files[i + 1]).getBytes(UTF_8));
        }
        return add(MediaTypes.LAYER_GZIP, gzip(tar(entries)));
    }

    public TestImage add(String mediaType, byte[] blob) {
        Descriptor layer = Descriptor.of(mediaType, blob);
        store.putBlob(layer, BlobSource.of(blob));
        layers.add(layer);
        return this;
    }

    public List<Descriptor> layers() {
        return layers;
    }

    public ImageLayout store() {
        return store;
    }

    public ImageCatalogue catalogue() {
        return new CatalogueImage(work).catalogue(store, layers);
    }

    /** The package URLs, or names of those without, in the order of the catalogue. */
    public List<String> names() {
        return catalogue().found().stream()
                .map(found -> found.component().name() + "@" + found.component().version())
                .toList();
    }

    public static byte[] tar(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getKey().endsWith("/") ? 0 : file.getValue().length);
                tar.putArchiveEntry(entry);
                if (!file.getKey().endsWith("/")) {
                    tar.write(file.getValue());
                }
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Names and contents in turn. */
    public static byte[] zip(Object... files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < files.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) files[i]));
                zip.write(files[i + 1] instanceof byte[] content ? content : ((String) files[i + 1]).getBytes(UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
