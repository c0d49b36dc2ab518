package dev.slipway.build.embedded.copy;

import static dev.slipway.build.embedded.copy.Trees.directory;
import static dev.slipway.build.embedded.copy.Trees.file;
import static dev.slipway.build.embedded.copy.Trees.link;
import static dev.slipway.build.embedded.copy.Trees.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.embedded.tree.Node;
import dev.slipway.oci.layer.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyFilesTest {
    private final Trees trees = new Trees();

    @BeforeEach
    void fill() {
        trees.source.put("a", file("aa"));
        trees.source.put("b", file("bbb"));
        trees.source.put("d", directory(0750));
        trees.source.put("d/x", file(0600, 0, 0, new byte[4]));
        trees.source.put("d/sub", directory(0700));
        trees.source.put("d/sub/y", file("y"));
        trees.source.put("d/l", link("x"));
        trees.source.put("to-a", link("a"));
        trees.source.put("to-d", link("/d"));
    }

    @Test
    void givesAFileTheNameOfTheDestination() {
        assertThat(trees.copy("/x", "a")).isEqualTo(Map.of("x", "file 644 2"));
    }

    @Test
    void putsAFileIntoADirectoryThatIsNamedAsOne() {
        assertThat(trees.copy("/x/", "a")).isEqualTo(Map.of("x", "directory 755", "x/a", "file 644 2"));
    }

    @Test
    void putsAFileIntoADirectoryThatIsThere() {
        trees.target.put("x", directory(0700));

        assertThat(trees.copy("/x", "a")).isEqualTo(Map.of("x", "directory 700", "x/a", "file 644 2"));
    }

    @Test
    void putsAFileIntoTheRoot() {
        assertThat(trees.copy("/", "a")).isEqualTo(Map.of("a", "file 644 2"));
    }

    @Test
    void makesTheDirectoriesOnTheWay() {
        assertThat(trees.copy("/x/y/z", "a"))
                .isEqualTo(Map.of("x", "directory 755", "x/y", "directory 755", "x/y/z", "file 644 2"));
    }

    @Test
    void copiesTheContentOfADirectory() {
        assertThat(trees.copy("/x", "d"))
                .isEqualTo(Map.of(
                        "x", "directory 755",
                        "x/l", "link to x",
                        "x/sub", "directory 700",
                        "x/sub/y", "file 644 1",
                        "x/x", "file 600 4"));
    }

    @Test
    void copiesTheWholeSource() {
        assertThat(trees.copy("/", "."))
                .containsKeys("a", "b", "d", "d/sub/y", "to-a")
                .hasSize(9);
        assertThat(trees.copy("/", "../.."))
                .containsKeys("a", "b", "d", "d/sub/y", "to-a")
                .hasSize(9);
    }

    @Test
    void mergesDirectoriesOfWhichTheSourceHasTheLastWord() {
        trees.target.put("x", directory(0711));
        trees.target.put("x/sub", directory(0711));
        trees.target.put("x/sub/z", file("z"));

        assertThat(trees.copy("/x", "d")).containsEntry("x", "directory 711").containsEntry("x/sub", "directory 700");
        assertThat(trees.target.below("x")).containsOnlyKeys("x/l", "x/sub", "x/sub/y", "x/sub/z", "x/x");
    }

    @Test
    void followsALinkThatIsNamed() {
        assertThat(trees.copy("/x/", "to-a")).containsEntry("x/to-a", "file 644 2");
        assertThat(trees.copy("/y/", "to-d")).containsEntry("y/x", "file 600 4").containsEntry("y/l", "link to x");
    }

    @Test
    void writesThroughALinkAtTheDestination() {
        trees.target.put("usr", directory(0755));
        trees.target.put("usr/bin", directory(0755));
        trees.target.put("bin", link("usr/bin"));

        assertThat(trees.copy("/bin/x", "a"))
                .isEqualTo(Map.of("usr", "directory 755", "usr/bin", "directory 755", "usr/bin/x", "file 644 2"));
        assertThat(trees.copy("/bin", "a")).containsKey("usr/bin/a");
        assertThat(trees.copy("/bin/", "d")).containsKey("usr/bin/sub/y");
        assertThat(trees.target.get("bin")).contains(link("usr/bin"));
    }

    @Test
    void writesTheFileThatANamedLinkLeadsTo() {
        trees.target.put("l", link("real/x"));

        assertThat(trees.copy("/l", "a")).isEqualTo(Map.of("real", "directory 755", "real/x", "file 644 2"));
    }

    @Test
    void replacesALinkThatIsOnlyMetInADirectory() {
        trees.target.put("x", directory(0755));
        trees.target.put("x/a", link("/elsewhere"));

        assertThat(trees.copy("/x/", "a")).containsEntry("x/a", "file 644 2");
        assertThat(trees.target.get("elsewhere")).isEmpty();
    }

    @Test
    void copiesWhatMatches() {
        assertThat(trees.copy("/x/", "?", "d/s*/y"))
                .containsOnlyKeys("x", "x/a", "x/b", "x/sub", "x/sub/y", "x/l", "x/x", "x/y");
        assertThat(trees.copy("/z/", "[ab]")).containsOnlyKeys("z", "z/a", "z/b");
    }

    @Test
    void followsLinksBeforeAPattern() {
        assertThat(trees.copy("/x/", "to-d/s*")).containsOnlyKeys("x", "x/y");
    }

    @Test
    void giveEverythingToTheOwner() {
        CopyFiles.Request request =
                new CopyFiles.Request(List.of("d"), "/x/y", false, Optional.of(new Owner(7, 8)), OptionalInt.empty());

        assertThat(trees.copy(request))
                .isEqualTo(Map.of(
                        "x", "directory 755 7:8",
                        "x/y", "directory 755 7:8",
                        "x/y/l", "link 7:8 to x",
                        "x/y/sub", "directory 700 7:8",
                        "x/y/sub/y", "file 644 7:8 1",
                        "x/y/x", "file 600 7:8 4"));
    }

    @Test
    void givesNothingToTheOwnerThatWasThereBefore() {
        trees.target.put("x", new Node.Directory(new Attributes(0700, 5, 5)));
        CopyFiles.Request request =
                new CopyFiles.Request(List.of("a"), "/x/", false, Optional.of(new Owner(7, 8)), OptionalInt.empty());

        assertThat(trees.copy(request)).containsEntry("x", "directory 700 5:5").containsEntry("x/a", "file 644 7:8 2");
    }

    @Test
    void keepsOwnersWhereNoneIsWanted() {
        trees.source.put("o", file(0644, 3, 4, new byte[1]));

        assertThat(trees.copy("/o", "o")).containsEntry("o", "file 644 3:4 1");
    }

    @Test
    void setsTheModeOfFilesAndDirectoriesButNotOfLinks() {
        CopyFiles.Request request =
                new CopyFiles.Request(List.of("d"), "/x", false, Optional.empty(), OptionalInt.of(04711));

        assertThat(trees.copy(request))
                .isEqualTo(Map.of(
                        "x", "directory 711",
                        "x/l", "link to x",
                        "x/sub", "directory 4711",
                        "x/sub/y", "file 4711 1",
                        "x/x", "file 4711 4"));
    }

    @Test
    void saysWhatIsNotThere() {
        assertThat(trees.failure("/x", "none")).isEqualTo("'none' is not there");
        assertThat(trees.failure("/x", "none/*")).isEqualTo("'none/*' is not there");
        trees.source.put("dangling", link("none"));
        assertThat(trees.failure("/x", "dangling")).contains("'dangling'");
    }

    @Test
    void refusesCirclesOfLinks() {
        trees.source.put("circle", link("circle"));
        trees.target.put("circle", link("circle"));

        assertThat(trees.failure("/x", "circle")).contains("too many links");
        assertThat(trees.failure("/circle", "a")).contains("too many links");
    }

    @Test
    void refusesToReplaceADirectoryByAFile() {
        trees.target.put("x", directory(0755));
        trees.target.put("x/a", directory(0755));

        assertThat(trees.failure("/x/", "a")).isEqualTo("'/x/a' is a directory, which no file can replace");
    }

    @Test
    void refusesToPutADirectoryOverSomethingElse() {
        trees.target.put("x", file("x"));
        trees.target.put("y", directory(0755));
        trees.target.put("y/sub", link("/y"));

        assertThat(trees.failure("/x", "d")).isEqualTo("'/x' on the way to '/x' is no directory");
        assertThat(trees.failure("/x/z", "a")).isEqualTo("'/x' on the way to '/x/z' is no directory");
        assertThat(trees.failure("/y", "d"))
                .isEqualTo("'/y/sub' is no directory, and a directory is to be copied to it");
    }

    @Test
    void refusesWhatIsNeitherFileNorDirectoryNorLink() {
        trees.source.put("null", new Node.Special(Attributes.of(0666), "a device"));

        CopyException failure = trees.failure(request("/x", "null"));

        assertThat(failure.unsupported()).isTrue();
        assertThat(failure).hasMessage("'null' is a device, which the embedded builder does not copy");
    }

    @Test
    void refusesArchivesThatAddWouldUnpack() {
        byte[] old = new byte[512];
        old[0] = 'x';
        // a header of tar's first format, without magic: the sum is all that tells it
        System.arraycopy("0000570".getBytes(UTF_8), 0, old, 148, 7);
        trees.source.put("old.tar", file(0644, 0, 0, old));
        trees.source.put("x.gz", file(0644, 0, 0, new byte[] {0x1f, (byte) 0x8b, 8, 0}));
        trees.source.put("zeros", file(0644, 0, 0, new byte[1024]));

        for (String archive : List.of("old.tar", "x.gz")) {
            CopyException failure = trees.failure(
                    new CopyFiles.Request(List.of(archive), "/", true, Optional.empty(), OptionalInt.empty()));
            assertThat(failure.unsupported()).isTrue();
            assertThat(failure).hasMessageStartingWith("'%s' is an archive".formatted(archive));
            assertThat(trees.copy("/", archive)).containsKey(archive);
        }
        assertThat(trees.copy(
                        new CopyFiles.Request(List.of("zeros", "a"), "/", true, Optional.empty(), OptionalInt.empty())))
                .containsOnlyKeys("zeros", "a");
    }
}
