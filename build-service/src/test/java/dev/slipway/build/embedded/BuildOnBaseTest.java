package dev.slipway.build.embedded;

import static dev.slipway.build.embedded.Builds.AMD64;
import static dev.slipway.build.embedded.Builds.ARM64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.embedded.tree.Node;
import dev.slipway.build.embedded.tree.Tars;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.layer.Attributes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildOnBaseTest {
    private static final ImageConfig CONFIG =
            ImageConfig.of(AMD64).withEnv(List.of("PATH=/bin", "A=base")).withWorkingDir("/srv");

    private Builds builds;

    @BeforeEach
    void start(@TempDir Path directory) {
        builds = new Builds(directory).file("x", "x");
    }

    @AfterEach
    void stop() {
        builds.close();
    }

    @Test
    void mountsTheLayersOfTheBaseAndDoesNotReadThem() {
        Reference.Digested base = builds.base("alpine", CONFIG, new Tars().file("a", "a"), new Tars().file("b", "b"));

        BuiltImage image = builds.build("FROM alpine", "ENV B=1");

        List<Descriptor> layers = baseLayers(base);
        assertThat(builds.manifest(image).layers()).isEqualTo(layers);
        assertThat(builds.staging.mounted)
                .containsExactlyInAnyOrderElementsOf(
                        layers.stream().map(Descriptor::digest).toList());
        assertThat(store(base).opened).isEmpty();
        assertThat(image.layersBuilt()).isZero();
        assertThat(image.layersReused()).isEqualTo(2);
    }

    @Test
    void keepsTheHistoryAndTheDiffIdsOfTheBase() {
        Reference.Digested base = builds.base("alpine", CONFIG, new Tars().file("a", "a"));
        ImageConfig below = ImageConfig.parse(store(base)
                .bytes(ImageManifest.of(
                                store(base).manifest(base.digest().value()).orElseThrow())
                        .config()
                        .digest()));

        ImageConfig config = builds.config(builds.build("FROM alpine", "COPY x /x"));

        assertThat(config.diffIds()).hasSize(2).startsWith(below.diffIds().getFirst());
        assertThat(config.history()).hasSize(2).startsWith(below.history().getFirst());
        assertThat(config.env()).containsExactly("PATH=/bin", "A=base");
    }

    @Test
    void writesThroughTheLinksOfAMergedUsr() {
        builds.base(
                "debian",
                CONFIG,
                new Tars()
                        .directory("usr", 0711)
                        .directory("usr/bin", 0751, 3, 4)
                        .symlink("bin", "usr/bin"));

        BuiltImage image = builds.build("FROM debian", "COPY x /bin/");

        assertThat(builds.layer(image, 1)).containsOnlyKeys("usr", "usr/bin", "usr/bin/x");
        assertThat(builds.layer(image, 1))
                .containsEntry("usr", new Node.Directory(Attributes.of(0711)))
                .containsEntry("usr/bin", new Node.Directory(new Attributes(0751, 3, 4)));
        assertThat(builds.files(image).get("bin")).contains(new Node.SymbolicLink(Attributes.of(0777), "usr/bin"));
    }

    @Test
    void writesNoLayerForADirectoryThatIsThere() {
        builds.base("alpine", CONFIG, new Tars().directory("srv", 0755));

        BuiltImage image = builds.build("FROM alpine", "WORKDIR /srv");

        assertThat(builds.manifest(image).layers()).hasSize(1);
        assertThat(builds.config(image).history().getLast().emptyLayer()).isTrue();
    }

    @Test
    void looksUpNamesInTheImageAsItIsAtThatPlace() {
        builds.base("alpine", CONFIG, new Tars().file("etc/passwd", "app:x:7:8::/:\n"));
        builds.file("passwd", "app:x:70:80::/:\n");

        BuiltImage image = builds.build(
                "FROM alpine", "COPY --chown=app x /before", "COPY passwd /etc/", "COPY --chown=app x /after");

        assertThat(attributes(image, "before")).isEqualTo(new Attributes(0644, 7, 8));
        assertThat(attributes(image, "after")).isEqualTo(new Attributes(0644, 70, 80));
    }

    private Attributes attributes(BuiltImage image, String path) {
        return builds.files(image).get(path).orElseThrow().attributes();
    }

    @Test
    void copiesFromOtherImagesWithoutTakingTheirLayers() {
        Reference.Digested tools = builds.base(
                "tools", CONFIG, new Tars().file("bin/a", 04755, 1, 2, "aaa").file("bin/b", "b"));

        BuiltImage image = builds.build("FROM scratch", "COPY --from=tools /bin/a /a", "COPY --from=tools /bin /bin");

        assertThat(attributes(image, "a")).isEqualTo(new Attributes(04755, 1, 2));
        assertThat(builds.files(image).below("")).containsOnlyKeys("a", "bin", "bin/a", "bin/b");
        assertThat(builds.staging.mounted).isEmpty();
        assertThat(builds.config(image).labels()).doesNotContainKey("org.opencontainers.image.base.name");
        // once to list, once to keep
        assertThat(store(tools).opened).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void takesTheImageOfThePlatformFromAnIndex() {
        Map<ImageConfig, Tars> images = new LinkedHashMap<>();
        images.put(ImageConfig.of(AMD64).withEnv(List.of("ARCH=amd64")), new Tars().file("a", "amd64"));
        images.put(ImageConfig.of(ARM64).withEnv(List.of("ARCH=arm64")), new Tars().file("a", "arm64"));
        Reference.Digested index = builds.index("alpine", images);

        assertThat(builds.config(builds.build(ARM64, "FROM alpine")).env()).contains("ARCH=arm64");
        assertThat(builds.config(builds.build(AMD64, "FROM alpine")).env()).contains("ARCH=amd64");
        // also one that runs there; what the image says of itself is what was wanted
        ImageConfig v7 = builds.config(builds.build(Platform.parse("linux/amd64/v3"), "FROM alpine"));
        assertThat(v7.env()).contains("ARCH=amd64");
        assertThat(v7.platform()).isEqualTo(Platform.parse("linux/amd64/v3"));
        assertThat(v7.labels())
                .containsEntry(
                        "org.opencontainers.image.base.digest", index.digest().value());

        BuildException failure = builds.failure("FROM --platform=linux/s390x alpine");
        assertThat(failure.reason()).isEqualTo(Reason.PLATFORM_UNAVAILABLE);
        assertThat(failure).hasMessage("base image '%s' has no image for linux/s390x", index);
    }

    @Test
    void takesDockersLayersForTheOcis() {
        builds.base("alpine", MediaTypes.DOCKER_LAYER_GZIP, CONFIG, new Tars().file("a", "a"));

        BuiltImage image = builds.build("FROM alpine", "COPY x /x");

        assertThat(builds.manifest(image).layers())
                .extracting(Descriptor::mediaType)
                .containsOnly(MediaTypes.LAYER_GZIP);
        assertThat(image.manifest().mediaType()).isEqualTo(MediaTypes.IMAGE_MANIFEST);
    }

    @Test
    void buildsOnLayersThatItCannotReadAsLongAsItNeedNot() {
        builds.base("alpine", MediaTypes.LAYER_ZSTD, CONFIG, new Tars().file("a", "a"));

        assertThat(builds.manifest(builds.build("FROM alpine", "ENV A=1")).layers())
                .extracting(Descriptor::mediaType)
                .containsExactly(MediaTypes.LAYER_ZSTD);
        BuildException failure = builds.failure("FROM alpine", "COPY x /x");
        assertThat(failure.reason()).isEqualTo(Reason.DOCKERFILE_UNSUPPORTED);
        assertThat(failure).hasMessageContaining("the embedded builder looks into gzip and plain layers only");
    }

    @Test
    void refusesABaseWithTriggers() {
        builds.base("node", CONFIG.withOnBuild(List.of("COPY . /app")), new Tars().file("a", "a"));

        BuildException failure = builds.failure("FROM node");

        assertThat(failure.reason()).isEqualTo(Reason.DOCKERFILE_UNSUPPORTED);
        assertThat(failure).hasMessageContaining("has ONBUILD instructions");
    }

    @Test
    void saysWhichBaseIsNotThere() {
        Reference.Digested base = builds.base("alpine", CONFIG, new Tars().file("a", "a"));
        store(base).deleteManifest(base.digest());

        BuildException failure = builds.failure("FROM alpine");

        assertThat(failure.reason()).isEqualTo(Reason.BASE_IMAGE_UNAVAILABLE);
        assertThat(failure)
                .hasMessage("base image '%s': registry.test/library/alpine has no manifest %s", base, base.digest());
        builds.bases.clear();
        assertThat(builds.failure("FROM alpine")).hasMessage("the plan does not say which digest 'alpine' is");
    }

    @Test
    void saysWhichLayerIsBroken() {
        Reference.Digested base =
                builds.base("alpine", CONFIG, new Tars().file("a", "a").hardLink("b", "none"));

        BuildException failure = builds.failure("FROM alpine", "COPY x /x");

        assertThat(failure.reason()).isEqualTo(Reason.BASE_IMAGE_UNAVAILABLE);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure)
                .hasMessage(
                        "layer %s of registry.test/library/alpine cannot be read: 'b' is a hard link to 'none', where no file is",
                        baseLayers(base).getFirst().digest());
    }

    @Test
    void saysWhichLayerIsNotThere() {
        Reference.Digested base = builds.base("alpine", CONFIG, new Tars().file("a", "a"));
        String layer = baseLayers(base).getFirst().digest().value();
        store(base).forgetBlob(baseLayers(base).getFirst().digest());

        for (BuildException failure :
                List.of(builds.failure("FROM alpine", "COPY x /x"), builds.failure("FROM alpine"))) {
            assertThat(failure.reason()).isEqualTo(Reason.BASE_IMAGE_UNAVAILABLE);
            assertThat(failure.retryable()).isFalse();
            assertThat(failure).hasMessageContainingAll("layer " + layer, "registry.test/library/alpine");
        }
    }

    private MemoryStore store(Reference.Digested base) {
        return builds.registry.open(base.repository());
    }

    private List<Descriptor> baseLayers(Reference.Digested base) {
        return ImageManifest.of(store(base).manifest(base.digest().value()).orElseThrow())
                .layers();
    }
}
