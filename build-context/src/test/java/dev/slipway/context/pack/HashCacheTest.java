package dev.slipway.context.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashCacheTest {
    private static final long SECOND = 1_000_000_000L;
    private static final HashCache.Entry ENTRY = new HashCache.Entry(Digest.of(new byte[] {1}), 1);

    @TempDir
    Path directory;

    @Test
    void remembersAUnitWhoseFilesAreOldEnough() throws IOException {
        Unit unit = unit(node(1, 100 * SECOND, 100 * SECOND + 5, 7));
        HashCache first = HashCache.open(directory, Path.of("/ctx"));
        first.remember(HashCache.key(unit), unit, ENTRY, 101 * SECOND);
        first.save();

        assertThat(HashCache.open(directory, Path.of("/ctx")).find(HashCache.key(unit)))
                .contains(ENTRY);
        assertThat(HashCache.open(directory, Path.of("/other")).find(HashCache.key(unit)))
                .isEmpty();
    }

    @Test
    void doesNotRememberAFileTouchedJustNow() throws IOException {
        Unit fine = unit(node(1, 1, 100 * SECOND + 5, 7));
        Unit coarse = unit(node(1, 1, 100 * SECOND, 7));

        assertThat(remembered(fine, 100 * SECOND + 10_000_000)).isEmpty();
        assertThat(remembered(fine, 100 * SECOND + 30_000_000)).isPresent();
        assertThat(remembered(coarse, 101 * SECOND)).as("whole seconds").isEmpty();
        assertThat(remembered(coarse, 103 * SECOND)).isPresent();
    }

    @Test
    void everyPartOfTheStateCounts() {
        Node node = node(1, 2, 3, 4);

        assertThat(List.of(
                        node(2, 2, 3, 4),
                        node(1, 9, 3, 4),
                        node(1, 2, 9, 4),
                        node(1, 2, 3, 9),
                        new Node("other", Node.Kind.FILE, 0644, 1, "", 2, 3, 4),
                        new Node("file", Node.Kind.FILE, 0755, 1, "", 2, 3, 4)))
                .allSatisfy(other -> assertThat(HashCache.key(unit(other))).isNotEqualTo(HashCache.key(unit(node))));
    }

    @Test
    void treatsADamagedFileAsNone() throws IOException {
        Unit unit = unit(node(1, 1, 1, 1));
        HashCache cache = HashCache.open(directory, Path.of("/ctx"));
        cache.remember(HashCache.key(unit), unit, ENTRY, 100 * SECOND);
        cache.save();
        try (var files = Files.list(directory)) {
            Path file = files.findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3));
        }

        assertThat(HashCache.open(directory, Path.of("/ctx")).find(HashCache.key(unit)))
                .isEmpty();
    }

    @Test
    void findsAChangeThatKeepsSizeAndModificationTime() throws IOException {
        Path root = Files.createDirectory(directory.resolve("ctx"));
        Files.writeString(root.resolve("Dockerfile"), "FROM scratch");
        Path file = Files.write(root.resolve("big"), new byte[400_000]);
        PackRequest request =
                new PackRequest(root, root.resolve("Dockerfile"), Optional.of(directory.resolve("cache")));
        Digest before = new ContextPacker().pack(request, blob -> {}).manifest().digest();

        var time = Files.getLastModifiedTime(file);
        byte[] other = new byte[400_000];
        other[1] = 1;
        Files.write(file, other);
        Files.setLastModifiedTime(file, time);

        assertThat(new ContextPacker().pack(request, blob -> {}).manifest().digest())
                .isNotEqualTo(before);
    }

    private Optional<HashCache.Entry> remembered(Unit unit, long walkedAt) throws IOException {
        Path own = Files.createTempDirectory(directory, "own");
        HashCache cache = HashCache.open(own, Path.of("/ctx"));
        cache.remember(HashCache.key(unit), unit, ENTRY, walkedAt);
        cache.save();
        return HashCache.open(own, Path.of("/ctx")).find(HashCache.key(unit));
    }

    private static Unit unit(Node node) {
        return new Unit.Single(node, false);
    }

    private static Node node(long size, long modified, long changed, long inode) {
        return new Node("file", Node.Kind.FILE, 0644, size, "", modified, changed, inode);
    }
}
