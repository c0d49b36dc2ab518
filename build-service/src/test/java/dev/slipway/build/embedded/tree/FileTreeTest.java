package dev.slipway.build.embedded.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.oci.layer.Attributes;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTreeTest {
    private static final Node DIRECTORY = new Node.Directory(Attributes.of(0755));

    @Test
    void alwaysHasARoot() {
        assertThat(FileTree.empty().get("")).contains(DIRECTORY);
    }

    @Test
    void changesWithoutItsCopy() {
        FileTree tree = tree("a");
        FileTree copy = tree.copy();

        copy.put("b", DIRECTORY);

        assertThat(tree.children("")).containsExactly("a");
        assertThat(copy.children("")).containsExactly("a", "b");
    }

    @Test
    void losesWhatLiesBelowADirectoryThatIsReplaced() {
        FileTree tree = tree("a", "a/b", "a/b/c", "a0");

        tree.put("a", link("a0"));

        assertThat(tree.below("")).containsOnlyKeys("a", "a0");
    }

    @Test
    void keepsWhatLiesBelowADirectoryThatStaysOne() {
        FileTree tree = tree("a", "a/b");

        tree.put("a", new Node.Directory(Attributes.of(0700)));

        assertThat(tree.below("")).containsOnlyKeys("a", "a/b");
    }

    @Test
    void removesAllBelow() {
        FileTree tree = tree("a", "a/b", "a.b", "ab");

        tree.remove("a");

        assertThat(tree.below("")).containsOnlyKeys("a.b", "ab");
    }

    @Test
    void listsOnlyWhatLiesRightInADirectory() {
        FileTree tree = tree("a", "a/b", "a/b/c", "a/d", "a-b", "b");

        assertThat(tree.children("a")).containsExactly("b", "d");
        assertThat(tree.children("")).containsExactly("a", "a-b", "b");
    }

    @Test
    void namesAncestorsFromTheHighest() {
        assertThat(FileTree.ancestors("a/b/c")).containsExactly("a", "a/b");
        assertThat(FileTree.ancestors("a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bin/sh,usr/bin/dash",
        "/bin//./sh,usr/bin/dash",
        "bin,usr/bin",
        "bin/none,usr/bin/none",
        "up/x,x",
        "deep/../x,usr/x",
        "usr/bin/../x,usr/x",
        "../../x,x",
        "'',''",
        "/,''",
    })
    void followsLinks(String path, String expected) {
        FileTree tree = tree("usr", "usr/bin", "usr/bin/dash");
        tree.put("bin", link("usr/bin"));
        tree.put("usr/bin/sh", link("dash"));
        tree.put("up", link("../../.."));
        tree.put("deep", link("/usr/bin"));

        assertThat(tree.follow(path)).isEqualTo(expected);
    }

    @Test
    void refusesCircles() {
        FileTree tree = FileTree.empty();
        tree.put("a", link("b"));
        tree.put("b", link("/a"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tree.follow("a/x"))
                .withMessage("'a/x' leads through too many links");
    }

    @Property
    void neverLeadsOut(
            @ForAll @Size(max = 5) List<@Chars({'a', 'b', '.', '/'}) @StringLength(min = 1, max = 8) String> targets,
            @ForAll @Chars({'a', 'b', '.', '/'}) @StringLength(max = 8) String path) {
        FileTree tree = tree("b");
        for (int i = 0; i < targets.size(); i++) {
            tree.put("ab".repeat(i) + "a", link(targets.get(i)));
        }

        String followed;
        try {
            followed = tree.follow(path);
        } catch (IllegalArgumentException e) {
            return;
        }

        assertThat(followed).doesNotStartWith("/").doesNotEndWith("/");
        assertThat(followed.split("/")).doesNotContain("..", ".");
    }

    private static Node link(String target) {
        return new Node.SymbolicLink(Attributes.of(0777), target);
    }

    private static FileTree tree(String... directories) {
        FileTree tree = FileTree.empty();
        List.of(directories).forEach(path -> tree.put(path, DIRECTORY));
        return tree;
    }
}
