package dev.slipway.sbom.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.sbom.catalogue.Component;
import dev.slipway.sbom.catalogue.Evidence;
import dev.slipway.sbom.catalogue.LayerFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database has 60 packages over many pages, some of which overflow, and a key. */
class RpmDatabaseTest {
    @TempDir
    private Path directory;

    @Test
    void readsAllPackagesOfAnSqliteDatabaseAndNoKeys() throws IOException {
        byte[] database = database();

        Evidence evidence = read(database);

        assertThat(evidence).isInstanceOfSatisfying(Evidence.Packages.class, packages -> {
            assertThat(packages.components()).hasSize(60);
            Component third = packages.components().get(3);
            assertThat(third.name()).isEqualTo("pkg3");
            assertThat(third.version()).isEqualTo("1.3-2.el9");
            assertThat(third.qualifiers()).containsEntry("epoch", "1").containsEntry("arch", "x86_64");
            assertThat(third.licenses()).containsExactly("GPLv2+ and MIT");
        });
    }

    @Test
    void refusesABrokenDatabase() throws IOException {
        byte[] database = database();
        Arrays.fill(database, 4096, database.length, (byte) 5);

        assertThatThrownBy(() -> read(database)).isInstanceOf(IOException.class);
    }

    private Evidence read(byte[] database) throws IOException {
        return new RpmDatabase(directory)
                .read(new LayerFile("var/lib/rpm/rpmdb.sqlite", database.length, new ByteArrayInputStream(database)));
    }

    private static byte[] database() throws IOException {
        try (InputStream in = new GZIPInputStream(
                Objects.requireNonNull(RpmDatabaseTest.class.getResourceAsStream("rpmdb.sqlite.gz")))) {
            return in.readAllBytes();
        }
    }
}
