package dev.slipway.sbom.rpm;

import dev.slipway.sbom.catalogue.Cataloguer;
import dev.slipway.sbom.catalogue.ComponentList;
import dev.slipway.sbom.catalogue.Evidence;
import dev.slipway.sbom.catalogue.LayerFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/** Packages of RPM, whichever form its database has. What needs to be read in any order is put into a temporary file. */
public final class RpmDatabase implements Cataloguer {
    private static final Pattern PATHS = Pattern.compile("(?:var/lib/rpm|usr/lib/sysimage/rpm|usr/share/rpm)/"
            + "(?:rpmdb\\.sqlite|rpmdb\\.sqlite-wal|Packages\\.db|Packages)");
    private static final long MOST_BYTES = 512L * 1024 * 1024;

    private final Path directory;

    /**
     * Makes a cataloguer.
     *
     * @param directory for temporary files
     */
    public RpmDatabase(Path directory) {
        this.directory = directory;
    }

    @Override
    public boolean wants(String path) {
        return PATHS.matcher(path).matches();
    }

    @Override
    public Evidence read(LayerFile file) throws IOException {
        return switch (file.name()) {
            case "rpmdb.sqlite" -> read(file, SqliteTable::blobs);
            case "Packages.db" -> read(file, NdbPackages::blobs);
            case "rpmdb.sqlite-wal" ->
                file.size() == 0
                        ? new Evidence.Nothing()
                        : new Evidence.Unread("changes of an RPM database that were not written into it are not read");
            default -> new Evidence.Unread("an RPM database in the form of Berkeley DB is not read");
        };
    }

    /** Takes a header of RPM. */
    @FunctionalInterface
    interface Headers {
        void take(byte[] header) throws IOException;
    }

    @FunctionalInterface
    private interface Form {
        void read(FileChannel database, Headers headers) throws IOException;
    }

    private Evidence read(LayerFile file, Form form) throws IOException {
        if (file.size() > MOST_BYTES) {
            return new Evidence.Unread(
                    "an RPM database of %d bytes is not read, only up to %d".formatted(file.size(), MOST_BYTES));
        }
        Path copy = Files.createTempFile(Files.createDirectories(directory), "rpm-", ".db");
        try {
            copy(file.content(), copy);
            ComponentList components = new ComponentList();
            try (FileChannel database = FileChannel.open(copy, StandardOpenOption.READ)) {
                form.read(database, header -> components.add(RpmHeader.component(header)));
            } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
                throw new IOException("the RPM database is broken", e);
            }
            return Evidence.Packages.of(components.all());
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static void copy(InputStream content, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            content.transferTo(out);
        }
    }
}
