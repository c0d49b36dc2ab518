package dev.slipway.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCachesTest {
    private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void usesACacheThatWasMadeOfTheJar() throws IOException {
        assertThat(ClassCaches.USE.options(file("app.aot", BUILT.plusSeconds(1)), file("app.jar", BUILT)))
                .contains("-XX:AOTCache=" + directory.resolve("app.aot"));
    }

    @Test
    void leavesOutTheCacheOfAnOlderJar() throws IOException {
        assertThat(ClassCaches.USE.options(file("app.aot", BUILT), file("app.jar", BUILT.plusSeconds(1))))
                .isEmpty();
    }

    @Test
    void startsWithoutACacheToo() throws IOException {
        assertThat(ClassCaches.USE.options(directory.resolve("app.aot"), file("app.jar", BUILT)))
                .isEmpty();
    }

    private Path file(String name, Instant modified) throws IOException {
        return Files.setLastModifiedTime(Files.createFile(directory.resolve(name)), FileTime.from(modified));
    }
}
