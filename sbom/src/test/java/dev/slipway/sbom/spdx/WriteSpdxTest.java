package dev.slipway.sbom.spdx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.packageurl.PackageURL;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.json.JsonTrees;
import dev.slipway.sbom.TestImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdx.jacksonstore.MultiFormatStore;
import org.spdx.library.SpdxModelFactory;
import org.spdx.library.model.v2.SpdxDocument;
import org.spdx.storage.simple.InMemSpdxStore;

class WriteSpdxTest {
    private static final SpdxSubject SUBJECT = new SpdxSubject(
            Digest.of(new byte[] {1}),
            Platform.parse("linux/arm64"),
            Instant.parse("2026-03-02T09:14:07.123Z"),
            "slipway-0.1.0");

    private static final String STATUS = """
            Package: openssl
            Status: install ok installed
            Architecture: arm64
            Version: 3.0.11-1~deb12u2
            """;

    @TempDir
    private Path directory;

    @BeforeAll
    static void offline() {
        System.setProperty("SPDXParser.OnlyUseLocalLicenses", "true");
        SpdxModelFactory.init();
    }

    @Test
    void writesWhatTheSpdxProjectsLibraryHoldsForValid() throws Exception {
        byte[] document = WriteSpdx.write(image().catalogue(), SUBJECT);

        MultiFormatStore store = new MultiFormatStore(new InMemSpdxStore(), MultiFormatStore.Format.JSON);
        SpdxDocument read = store.deSerialize(new ByteArrayInputStream(document), false);

        assertThat(read.verify()).isEmpty();
        assertThat(read.getSpecVersion()).isEqualTo("SPDX-2.3");
        assertThat(read.getDocumentDescribes()).hasSize(1);
    }

    @Test
    void namesEachPackageByAUrlThatCanBeParsed() throws Exception {
        List<String> purls = new ArrayList<>();
        for (JsonNode one : tree().path("packages")) {
            for (JsonNode reference : one.path("externalRefs")) {
                purls.add(new PackageURL(reference.path("referenceLocator").asText()).toString());
            }
        }

        assertThat(purls)
                .containsExactlyInAnyOrder(
                        "pkg:deb/debian/openssl@3.0.11-1~deb12u2?arch=arm64&distro=debian-12",
                        "pkg:npm/%40acme/shop@1.0.0",
                        "pkg:pypi/my-lib@2.0");
    }

    @Test
    void writesOnePackageForAllPlacesWhereItIs() throws Exception {
        TestImage image = new TestImage(directory)
                .layer(
                        "a/node_modules/x/package.json", "{\"name\": \"x\", \"version\": \"1\"}",
                        "b/node_modules/x/package.json", "{\"name\": \"x\", \"version\": \"1\"}");

        JsonNode packages =
                JsonTrees.read(WriteSpdx.write(image.catalogue(), SUBJECT)).path("packages");

        assertThat(packages).hasSize(2);
        assertThat(packages.path(1).path("sourceInfo").asText())
                .contains("a/node_modules/x/package.json", "b/node_modules/x/package.json");
    }

    @Test
    void saysWhatWasNotRead() throws Exception {
        assertThat(tree().path("comment").asText()).contains("1 parts of the image could not be read");
        assertThat(tree().path("annotations").path(0).path("comment").asText())
                .contains("not read: ", "layers of type " + MediaTypes.LAYER_ZSTD);
    }

    @Test
    void givesTheSameBytesForTheSameImage() {
        byte[] first = WriteSpdx.write(image().catalogue(), SUBJECT);

        assertThat(WriteSpdx.write(image().catalogue(), SUBJECT)).isEqualTo(first);
    }

    private JsonNode tree() throws Exception {
        return JsonTrees.read(WriteSpdx.write(image().catalogue(), SUBJECT));
    }

    private TestImage image() {
        return new TestImage(directory)
                .layer(
                        "etc/os-release",
                        "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n",
                        "var/lib/dpkg/status",
                        STATUS,
                        "usr/share/doc/openssl/copyright",
                        "License: Apache-2.0 or some of ours, and more\n",
                        "app/package.json",
                        "{\"name\": \"@acme/shop\", \"version\": \"1.0.0\", \"license\": \"(MIT OR Apache-2.0)\"}",
                        "py/My_Lib-2.0.dist-info/METADATA",
                        "Metadata-Version: 2.1\nName: My_Lib\nVersion: 2.0\nLicense: Own \"words\"\n\nText: no\n")
                .add(MediaTypes.LAYER_ZSTD, new byte[] {1});
    }
}
