package dev.slipway.sbom.image;

import static dev.slipway.sbom.TestImage.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.layout.ImageLayout;
import dev.slipway.sbom.TestImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueImageTest {
    private static final String STATUS = """
            Package: libc6
            Status: install ok installed
            Architecture: amd64
            Source: glibc
            Version: 2.36-9

            Package: gone
            Status: deinstall ok config-files
            Architecture: amd64
            Version: 1

            Package: openssl
            Status: install ok installed
            Architecture: amd64
            Version: 3.0.11-1
            """;

    @TempDir
    private Path directory;

    @Test
    void takesWhatTheHighestLayerSays() {
        TestImage image = new TestImage(directory)
                .layer("var/lib/dpkg/status", STATUS)
                .layer("var/lib/dpkg/status", STATUS.replace("3.0.11-1", "3.0.11-2"));

        assertThat(image.names()).containsExactly("libc6@2.36-9", "openssl@3.0.11-2");
    }

    @Test
    void findsNoPackagesThatWhiteoutsRemove() {
        TestImage image = new TestImage(directory)
                .layer(
                        "app/node_modules/a/package.json", npm("a"),
                        "app/node_modules/b/package.json", npm("b"),
                        "opt/x/node_modules/c/package.json", npm("c"),
                        "opt/xy/node_modules/d/package.json", npm("d"))
                .layer("app/node_modules/.wh.a", "", "opt/x/.wh..wh..opq", "");

        assertThat(image.names()).containsExactly("b@1", "d@1");
    }

    @Test
    void keepsWhatIsInTheLayerOfAnOpaqueDirectory() {
        TestImage image = new TestImage(directory)
                .layer("opt/node_modules/a/package.json", npm("a"))
                .layer("opt/node_modules/b/package.json", npm("b"), "opt/.wh..wh..opq", "");

        assertThat(image.names()).containsExactly("b@1");
    }

    @Test
    void findsNoPackageWhoseFileBecameSomethingElse() {
        TestImage image = new TestImage(directory)
                .layer("app/lib/a-1.jar", zip("x", ""), "opt/b-1.jar", zip("x", ""))
                .layer("app/lib", "a file now", "opt/b-1.jar/", "");

        assertThat(image.names()).isEmpty();
    }

    @Test
    void saysWhichLayersAndFilesItDidNotRead() {
        TestImage image = new TestImage(directory)
                .add(MediaTypes.LAYER_ZSTD, new byte[] {1})
                .layer("opt/a.jar", "no zip", "var/lib/rpm/Packages", "Berkeley");

        assertThat(image.catalogue().gaps())
                .extracting(Gap::path, Gap::reason)
                .satisfiesExactlyInAnyOrder(
                        gap -> assertThat(gap.toList().toString()).contains("zstd are not read"),
                        gap -> assertThat(gap.toList().toString())
                                .contains("opt/a.jar", "no archive that can be read to its end"),
                        gap -> assertThat(gap.toList().toString())
                                .contains("var/lib/rpm/Packages", "Berkeley DB is not read"));
    }

    @Test
    void readsALayerOnce() {
        TestImage image = new TestImage(directory).layer("app/node_modules/a/package.json", npm("a"));
        CatalogueImage catalogueImage = new CatalogueImage(directory);
        ImageCatalogue first = catalogueImage.catalogue(image.store(), image.layers());

        ImageCatalogue second =
                catalogueImage.catalogue(ImageLayout.at(directory.resolve("another, empty")), image.layers());

        assertThat(second).isEqualTo(first);
        assertThat(second.found()).hasSize(1);
    }

    @Test
    void failsWhereALayerIsNotThere() {
        TestImage image = new TestImage(directory);
        Descriptor missing = Descriptor.of(MediaTypes.LAYER, new byte[] {7});

        assertThatThrownBy(() -> new CatalogueImage(directory).catalogue(image.store(), List.of(missing)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(missing.digest().value());
    }

    @Test
    void failsWhereALayerIsDamagedInsideAFileThatIsRead() {
        byte[] jar = zip("META-INF/MANIFEST.MF", "x: y\n".repeat(50_000));
        byte[] good = TestImage.tar(Map.of("opt/a-1.jar", jar));
        Descriptor layer = Descriptor.of(MediaTypes.LAYER, good);
        byte[] bad = good.clone();
        bad[600]++;
        TestImage image = new TestImage(directory);
        assertThatThrownBy(() -> {
                    image.store().putBlob(layer, BlobSource.of(bad));
                    new CatalogueImage(directory).catalogue(image.store(), List.of(layer));
                })
                .isInstanceOf(StoreException.class);
    }

    @Test
    void knowsDebiansPackagesByTheirDistributionAndTheirLicenses() {
        TestImage image = new TestImage(directory)
                .layer(
                        "usr/lib/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian 12\"\n",
                        "var/lib/dpkg/status", STATUS,
                        "usr/share/doc/openssl/copyright", "Files: *\nLicense: Apache-2.0\n text\n");

        assertThat(image.catalogue().found())
                .filteredOn(found -> found.component().name().equals("openssl"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.component().namespace()).isEqualTo("debian");
                    assertThat(found.component().qualifiers()).containsEntry("distro", "debian-12");
                    assertThat(found.component().licenses()).containsExactly("Apache-2.0");
                });
        assertThat(Set.copyOf(image.names())).doesNotContain("gone@1");
    }

    private static String npm(String name) {
        return "{\"name\": \"%s\", \"version\": \"1\"}".formatted(name);
    }
}
