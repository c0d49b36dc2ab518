package dev.slipway.build.embedded.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.embedded.tree.FileTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnersTest {
    private final FileTree files = FileTree.empty();

    @ParameterizedTest
    @CsvSource({
        "7,7,7",
        "7:8,7,8",
        "0:0,0,0",
        "app,1000,1001",
        "app:8,1000,8",
        "app:staff,1000,50",
        "7:staff,7,50",
        "root,0,0",
        "root:root,0,0",
        "app:root,1000,0",
        "app:,1000,1001",
        ":staff,0,50",
    })
    void resolvesNamesByTheImagesOwnFiles(String text, int uid, int gid) {
        files.put(
                "etc/passwd",
                Trees.file(
                        "root:x:0:0:root:/root:/bin/sh\nbroken\napp:x:1000:1001::/:/bin/sh\napp:x:5:5::/:/bin/sh\n"));
        files.put("etc/group", Trees.file("root:x:0:\nstaff:x:50:a,b\n"));

        assertThat(Owners.resolve(text, () -> files)).isEqualTo(new Owner(uid, gid));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "7:8", "root", "root:0", ":9"})
    void needsNoFilesForNumbersAndRoot(String text) {
        assertThat(Owners.resolve(text, () -> {
                    throw new AssertionError("files were asked for");
                }))
                .isNotNull();
    }

    @Test
    void looksNoNamesUpForALink() {
        assertThat(Owners.resolveNumbers("root:9")).isEqualTo(new Owner(0, 9));
        assertThatThrownBy(() -> Owners.resolveNumbers("7:staff"))
                .isInstanceOf(CopyException.class)
                .hasMessage("--chown=7:staff has a name, and --link looks none up; use numbers");
    }

    @Test
    void followsLinksToTheFiles() {
        files.put("etc/passwd", Trees.link("../usr/passwd"));
        files.put("usr/passwd", Trees.file("app:x:3:4::/:\n"));

        assertThat(Owners.resolve("app", () -> files)).isEqualTo(new Owner(3, 4));
    }

    @Test
    void saysWhichNameIsUnknown() {
        assertThatThrownBy(() -> Owners.resolve("app", () -> files))
                .isInstanceOf(CopyException.class)
                .hasMessage("the image's /etc/passwd has no user 'app'; use its number");
        assertThatThrownBy(() -> Owners.resolve("7:staff", () -> files))
                .isInstanceOf(CopyException.class)
                .hasMessage("the image's /etc/group has no group 'staff'; use its number");
    }

    @Test
    void refusesNumbersThatAreTooHigh() {
        assertThatThrownBy(() -> Owners.resolve("2147483648", () -> files))
                .isInstanceOf(CopyException.class)
                .hasMessage("'2147483648' is no number of a user or group; expected 0 to 2147483647");
    }

    @Test
    void refusesCirclesOfLinks() {
        files.put("etc/passwd", Trees.link("passwd"));

        assertThatThrownBy(() -> Owners.resolve("app", () -> files)).isInstanceOf(CopyException.class);
    }
}
