package dev.slipway.build.embedded.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Digest;
import dev.slipway.oci.layer.Attributes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LayerListingTest {
    private final FileTree tree = FileTree.empty();

    @Test
    void takesOverModesOwnersAndContent() throws IOException {
        new Tars()
                .directory("a", 01777)
                .file("a/f", 04755, 1000, 3_000_000, "hello")
                .symlink("a/l", "f")
                .to(tree);

        assertThat(tree.get("a")).contains(new Node.Directory(Attributes.of(01777)));
        assertThat(tree.get("a/l")).contains(new Node.SymbolicLink(Attributes.of(0777), "f"));
        assertThat(tree.get("a/f")).get().isInstanceOfSatisfying(Node.RegularFile.class, file -> {
            assertThat(file.attributes()).isEqualTo(new Attributes(04755, 1000, 3_000_000));
            assertThat(file.size()).isEqualTo(5);
            assertThat(file.digest()).isEqualTo(Digest.of("hello".getBytes(UTF_8)));
        });
    }

    @Test
    void cleansNames() throws IOException {
        new Tars()
                .directory(".", 0755)
                .file("./a//b/../c", "")
                .file("/../d", "")
                .to(tree);

        assertThat(tree.below("")).containsOnlyKeys("a", "a/c", "d");
    }

    @Test
    void makesParentsThatNoEntryHas() throws IOException {
        new Tars().file("a/b/c", "").to(tree);

        assertThat(tree.get("a")).contains(new Node.Directory(Attributes.of(0755)));
        assertThat(tree.get("a/b")).contains(new Node.Directory(Attributes.of(0755)));
    }

    @Test
    void takesAwayWhatAWhiteoutNames() throws IOException {
        new Tars().file("a/b", "").file("a/c", "").file("ab", "").to(tree);

        new Tars().file("a/.wh.b", "").file(".wh.none", "").to(tree);

        assertThat(tree.below("")).containsOnlyKeys("a", "a/c", "ab");
    }

    @Test
    void takesAwayWholeDirectories() throws IOException {
        new Tars().file("a/b/c", "").file("d", "").to(tree);

        new Tars().file(".wh.a", "").to(tree);

        assertThat(tree.below("")).containsOnlyKeys("d");
    }

    @Test
    void keepsWhatAWhiteoutOfTheSameLayerNames() throws IOException {
        new Tars().file("a", "old").file("d/old", "").to(tree);

        new Tars()
                .file("a", "new")
                .file(".wh.a", "")
                .file("d/new", "")
                .file(".wh.d", "")
                .to(tree);

        assertThat(tree.below("")).containsOnlyKeys("a", "d", "d/new");
    }

    @Test
    void emptiesAnOpaqueDirectoryOfLowerFilesOnly() throws IOException {
        new Tars().directory("a", 0700).file("a/old", "").file("a/deep/old", "").to(tree);

        new Tars().file("a/new", "").file("a/.wh..wh..opq", "").to(tree);

        assertThat(tree.below("")).containsOnlyKeys("a", "a/new");
        assertThat(tree.get("a")).contains(new Node.Directory(Attributes.of(0700)));
    }

    @Test
    void takesAHardLinkForTheFileItNames() throws IOException {
        new Tars().file("a", 0600, 1, 2, "x").to(tree);

        new Tars().file("b", "y").hardLink("c", "b").hardLink("d", "./a").to(tree);

        assertThat(tree.get("c")).isEqualTo(tree.get("b"));
        assertThat(tree.get("d")).isEqualTo(tree.get("a"));
    }

    @Test
    void refusesAHardLinkToNothing() {
        assertThatIOException()
                .isThrownBy(() -> new Tars().hardLink("c", "gone").to(tree))
                .withMessage("'c' is a hard link to 'gone', where no file is");
    }

    @Test
    void followsLinksAmongTheParents() throws IOException {
        new Tars().file("usr/bin/old", "").symlink("bin", "usr/bin").to(tree);

        new Tars()
                .file("bin/new", "")
                .hardLink("bin/link", "bin/new")
                .file("bin/.wh.old", "")
                .to(tree);

        assertThat(tree.below("")).containsOnlyKeys("usr", "usr/bin", "usr/bin/new", "usr/bin/link", "bin");
    }

    @Test
    void replacesALinkByADirectory() throws IOException {
        new Tars().file("usr/bin/old", "").symlink("bin", "usr/bin").to(tree);

        new Tars().directory("bin", 0755).file("bin/new", "").to(tree);

        assertThat(tree.below("")).containsOnlyKeys("usr", "usr/bin", "usr/bin/old", "bin", "bin/new");
    }

    @Test
    void refusesAFileBelowAFile() throws IOException {
        new Tars().file("a", "").to(tree);

        assertThatIOException()
                .isThrownBy(() -> new Tars().file("a/b", "").to(tree))
                .withMessage("'a/b' lies below 'a', which is no directory");
    }

    @Test
    void keepsWhatItCannotWriteAsSomethingSpecial() throws IOException {
        new Tars()
                .device("dev/null")
                .capable("ping")
                .file("big", 0644, 4294967294L, 0, "")
                .to(tree);

        assertThat(tree.get("dev/null")).get().isInstanceOf(Node.Special.class);
        assertThat(tree.get("ping")).get().extracting("what").isEqualTo("a file with extended attributes");
        assertThat(tree.get("big")).get().extracting("what").isEqualTo("owned by 4294967294:0");
    }

    @Test
    void readsToTheEndSoThatTheDigestIsVerified() throws IOException {
        byte[] padded = Arrays.copyOf(new Tars().file("a", "").bytes(), 64 * 1024);
        InputStream in = new ByteArrayInputStream(padded);

        LayerListing.read(in, path -> InputStream::nullInputStream).applyTo(tree);

        assertThat(in.available()).isZero();
    }

    @Test
    void failsWhereATarIsCutOff() {
        byte[] tar = new Tars().file("a", "x".repeat(2000)).bytes();

        assertThatThrownBy(() ->
                        LayerListing.read(new ByteArrayInputStream(tar, 0, 1024), path -> InputStream::nullInputStream))
                .isInstanceOf(IOException.class);
    }
}
