package dev.slipway.sbom.java;

import dev.slipway.sbom.catalogue.Cataloguer;
import dev.slipway.sbom.catalogue.Component;
import dev.slipway.sbom.catalogue.ComponentList;
import dev.slipway.sbom.catalogue.Evidence;
import dev.slipway.sbom.catalogue.LayerFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Packages of Maven in jars, read as a stream from front to back. What unpacks to more than is sensible is left, and is said to
 * be.
 */
public final class JavaArchive implements Cataloguer {
    private static final Pattern NAMES = Pattern.compile("(?i).*\\.(?:jar|war|ear|rar|sar|par|kar|jpi|hpi|nar)");
    private static final Pattern DESCRIBING =
            Pattern.compile("META-INF/MANIFEST\\.MF|META-INF/maven/[^/]+/[^/]+/pom\\.(?:properties|xml)");

    private final Bounds bounds;

    /**
     * How far archives are followed.
     *
     * @param depth of archives in archives, the outermost is 1
     * @param entries of one file, in all depths
     * @param bytes that one file may unpack to, in all depths
     */
    public record Bounds(int depth, int entries, long bytes) {
        public static final Bounds USUAL = new Bounds(5, 500_000, 8L * 1024 * 1024 * 1024);
    }

    public JavaArchive(Bounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public boolean wants(String path) {
        return NAMES.matcher(path).matches();
    }

    @Override
    public Evidence read(LayerFile file) throws IOException {
        Reading reading = new Reading(bounds);
        reading.archive(file.path(), file.content(), 1);
        return new Evidence.Packages(reading.components.all(), reading.unread);
    }

    /** The reading of one file. */
    private static final class Reading {
        private final Bounds bounds;
        private final ComponentList components = new ComponentList();
        private final List<String> unread = new ArrayList<>();
        private int entries;
        private long bytes;

        Reading(Bounds bounds) {
            this.bounds = bounds;
        }

        /** Adds what is in an archive; what cannot be read ends it and is written down. */
        void archive(String name, InputStream content, int depth) throws IOException {
            if (depth > bounds.depth()) {
                unread.add("%s: archives in archives are read to a depth of %d".formatted(name, bounds.depth()));
                return;
            }
            Descriptions descriptions = new Descriptions(name.substring(name.lastIndexOf('/') + 1));
            try {
                read(name, new ZipInputStream(content), descriptions, depth);
            } catch (ZipException | IllegalArgumentException e) {
                unread.add("%s is no archive that can be read to its end: %s".formatted(name, e.getMessage()));
            }
            for (Component component : descriptions.components()) {
                components.add(Optional.of(component));
            }
        }

        private void read(String name, ZipInputStream zip, Descriptions descriptions, int depth) throws IOException {
            boolean any = false;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                any = true;
                if (++entries > bounds.entries()) {
                    throw new ZipException("it has more than %d entries".formatted(bounds.entries()));
                }
                InputStream content = new Counted(zip);
                if (DESCRIBING.matcher(entry.getName()).matches()) {
                    descriptions.read(entry.getName(), content);
                } else if (NAMES.matcher(entry.getName()).matches()) {
                    archive(name + "!/" + entry.getName(), content, depth + 1);
                }
                content.transferTo(OutputStream.nullOutputStream());
            }
            if (!any) {
                throw new ZipException("it does not begin with an entry");
            }
        }

        /** Counts what is unpacked; closing it leaves the archive around it open. */
        private final class Counted extends InputStream {
            private final InputStream in;

            Counted(InputStream in) {
                this.in = in;
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = in.read(target, offset, length);
                bytes += Math.max(0, read);
                if (bytes > bounds.bytes()) {
                    throw new ZipException("it unpacks to more than %d bytes".formatted(bounds.bytes()));
                }
                return read;
            }
        }
    }
}
